package io.parix.backup.engine.restore;

import io.parix.backup.BackupEvent;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.Report;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.core.job.RestoreRun;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.engine.settings.PhaseDeadlines;
import io.parix.backup.engine.work.JobSteps;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.engine.work.Phase;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a restore job, forward and back. Which step follows a failure is decided by the states of {@code core.job}.
 */
public final class RestoreSteps implements JobSteps {
    private final RestoreParts parts;
    private final RestoreHost host;
    private final Stager stager;

    /**
     * Steps over the given parts.
     *
     * @param parts what they work with
     */
    public RestoreSteps(RestoreParts parts) {
        this.parts = parts;
        this.host = parts.host();
        this.stager = new Stager(parts);
    }

    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }

    @Override
    public void run(Lease lease) {
        RestoreJob job = inOurHands(lease);
        if (job instanceof RestoreJob.Queued queued) {
            begin(lease, queued);
        } else if (job instanceof RestoreJob.Staging staging) {
            stager.stage(lease, staging.header(), call(staging));
            write(lease, staging.staged(), lease.now());
        } else if (job instanceof RestoreJob.Running running) {
            step(
                    lease,
                    running,
                    HostMove.of(
                            running,
                            host,
                            call(running),
                            lease.nowSince(running.run().startedAt())));
        } else {
            throw new IllegalStateException("Nothing is left to do in step " + job.step());
        }
    }

    @Override
    public Phase phase(JobRecord row) {
        RestoreStep step = RestoreStep.of(row.step());
        PhaseDeadlines deadlines = parts.settings().phases();
        Duration most = switch (step) {
            case STAGING -> deadlines.stageDeadline();
            case MOVING, FENCING_OLD, SWAPPING -> deadlines.fenceDeadline();
            case STARTING, CONFIRMING -> deadlines.confirmDeadline();
            case QUEUED,
                    OPENING,
                    RELEASING,
                    COMPLETED,
                    DISMISSED,
                    UNDO_FENCING,
                    UNDO_SWAPPING,
                    UNDO_MOVING,
                    UNDONE,
                    NEEDS_OPERATOR -> null;
        };
        return new Phase(step, RestoreRow.since(row), most);
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        RestoreJob job = inOurHands(lease);
        if (job instanceof RestoreJob.Queued queued) {
            ended(lease, queued.fail(failure), BackupEvent.Kind.RESTORE_FAILED, failure.code());
        } else {
            write(lease, ((RestoreJob.Reversible) job).fail(failure), lease.now());
        }
    }

    @Override
    public boolean stuck(Lease lease, Failure failure) {
        if (!asksAgain(lease, failure)) {
            RestoreJob job = ((RestoreJob.Irreversible) inOurHands(lease)).needOperator(failure);
            ended(lease, job, BackupEvent.Kind.RESTORE_NEEDS_OPERATOR, failure.code());
        }
        return true;
    }

    /** The host refuses the older token, and staged files carry on where they are; there is nothing to take away. */
    @Override
    public void overtaken(Lease lost) {}

    /** There is no other way from here, so a host that fails is asked again before a person is. */
    private boolean asksAgain(Lease lease, Failure failure) {
        int strikes = lease.row().strikes();
        boolean host = failure.code() == ErrorCode.HOST_FAILED || failure.code() == ErrorCode.FENCE_NOT_CONFIRMED;
        if (!host || strikes >= parts.settings().retry().retries()) {
            return false;
        }
        Instant at = lease.now().plus(parts.settings().retry().backoff(strikes));
        lease.write(JobWrite.of(lease.row().waiting(at, failure.message(), strikes + 1)));
        return true;
    }

    private static RestoreJob inOurHands(Lease lease) {
        RestoreJob job = RestoreRow.read(lease.row());
        boolean newer =
                job instanceof RestoreJob.Running running && running.run().fence() < lease.fence();
        return newer ? ((RestoreJob.Running) job).takenOver(lease.fence()) : job;
    }

    /** Eligibility is checked again when the job starts (spec F2). */
    private void begin(Lease lease, RestoreJob.Queued job) {
        EligibilityCheck.Start start =
                new EligibilityCheck.Start(job.header().restore(), parts.bench().of(lease));
        EligibilityCheck.Answer answer = parts.eligibility().check(job.header().backup(), Optional.of(start));
        Report report = answer.report();
        if (!report.passed() || answer.profile().isEmpty()) {
            throw new FailedException(
                    ErrorCode.NOT_ELIGIBLE,
                    "Cannot restore backup " + job.header().backup() + ": " + report.reasons(),
                    report,
                    null);
        }
        RestoreRun run = new RestoreRun(
                lease.fence(), lease.now(), answer.profile().get().status());
        write(lease, job.claimed(run), lease.now());
    }

    private void step(Lease lease, RestoreJob.Running job, HostMove move) {
        HostAnswer answer = move.ask().get();
        if (answer instanceof HostAnswer.Pending pending) {
            requireTime(lease, job, pending);
            Instant at = lease.lookAgainAfter(pending.lookAgain());
            lease.write(JobWrite.of(
                    lease.row().waiting(at, pending.reason(), lease.row().strikes())));
        } else if (answer instanceof HostAnswer.Failed failed) {
            throw new FailedException(
                    move.refusal(),
                    "The host could not do step " + job.step() + " of restore "
                            + job.header().restore() + ": " + failed.reason());
        } else {
            done(lease, move.next().get());
        }
    }

    /** Only a step that can go back is given up for time; one that must go through waits on. */
    private static void requireTime(Lease lease, RestoreJob.Running job, HostAnswer.Pending pending) {
        if (lease.overdue()) {
            throw new FailedException(
                    ErrorCode.DEADLINE_PASSED,
                    "Cannot wait any longer for step " + job.step() + " of restore "
                            + job.header().restore() + ": " + pending.reason() + ".");
        }
    }

    private void done(Lease lease, RestoreJob next) {
        if (next instanceof RestoreJob.Completed) {
            parts.afterwards().restored(next.header().database());
            ended(lease, next, BackupEvent.Kind.RESTORE_COMPLETED, null);
        } else if (next instanceof RestoreJob.Undone undone) {
            ended(lease, next, BackupEvent.Kind.RESTORE_FAILED, undone.failure().code());
        } else {
            write(lease, next, lease.now());
        }
    }

    private static RestoreCall call(RestoreJob.Begun job) {
        RestoreHeader header = job.header();
        return new RestoreCall(
                header.database(),
                header.restore(),
                header.backup(),
                header.manifestDigest(),
                job.run().fence());
    }

    private static void write(Lease lease, RestoreJob next, @Nullable Instant lookAgain) {
        lease.write(JobWrite.of(RestoreRow.next(lease.row(), next, lease.now(), lookAgain)));
    }

    private static void ended(Lease lease, RestoreJob next, BackupEvent.Kind kind, @Nullable ErrorCode code) {
        JobRecord row = lease.row();
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        BackupEvent event = new BackupEvent(id, kind, row.database(), row.id(), lease.now(), code);
        lease.write(JobWrite.of(RestoreRow.next(row, next, lease.now(), null), event));
    }
}
