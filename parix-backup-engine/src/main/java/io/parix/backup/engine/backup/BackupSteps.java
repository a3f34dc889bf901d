package io.parix.backup.engine.backup;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupRun;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.Captured;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.Intent;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.settings.PhaseDeadlines;
import io.parix.backup.engine.snapshot.Materialization.Made;
import io.parix.backup.engine.snapshot.SnapshotWatch;
import io.parix.backup.engine.work.JobSteps;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.engine.work.Phase;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a backup job. Each is idempotent: a worker that comes after a crash runs it again. */
public final class BackupSteps implements JobSteps {
    /** Failures of one set of images, which another set may not have (spec C6, C7), and what must not be waited for with one (spec C13). */
    private static final Set<ErrorCode> WORTH_ANOTHER_CAPTURE = Set.of(
            ErrorCode.REPLICA_SET_REFUSED, ErrorCode.IMAGE_MOVED, ErrorCode.PROFILE_CHANGED, ErrorCode.KEY_UNAVAILABLE);

    private static final int OVERTAKEN_TRIES = 3;
    private static final String OTHER_IMAGES = "Other images are taken.";

    private static final Logger LOG = LoggerFactory.getLogger(BackupSteps.class);

    private final BackupParts parts;
    private final HeldImages images;
    private final Sources sources;
    private final Exporter exporter;
    private final Leftovers leftovers;
    private final SnapshotSteps snapshots;
    private final Findings findings;

    /**
     * Steps over the given parts.
     *
     * @param parts what they work with
     */
    public BackupSteps(BackupParts parts) {
        this.parts = parts;
        this.images = new HeldImages(parts.images());
        this.sources = new Sources(parts, images);
        this.exporter = new Exporter(parts);
        this.leftovers = new Leftovers();
        this.snapshots = new SnapshotSteps(parts);
        this.findings = new Findings(
                parts.catalog(), new ConflictRetry(parts.settings().retry().conflictTries()));
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
    }

    @Override
    public void run(Lease lease) {
        BackupJob job = inOurHands(lease);
        if (job instanceof BackupJob.Queued queued) {
            begin(lease, queued);
        } else if (job instanceof BackupJob.Snapshotting snapshotting) {
            snapshot(lease, snapshotting);
        } else if (job instanceof BackupJob.Capturing capturing) {
            capture(lease, capturing);
        } else if (job instanceof BackupJob.Exporting exporting) {
            export(lease, exporting);
        } else if (job instanceof BackupJob.Committing committing) {
            commit(lease, committing);
        } else if (job instanceof BackupJob.Completing completing) {
            complete(lease, completing);
        } else if (job instanceof BackupJob.Unswept unswept) {
            sweep(lease, unswept);
        } else {
            throw new IllegalStateException("Nothing is left to do in step " + job.step());
        }
    }

    @Override
    public Phase phase(JobRecord row) {
        BackupStep step = BackupStep.of(row.step());
        PhaseDeadlines deadlines = parts.settings().phases();
        Duration most = switch (step) {
            case CAPTURING -> deadlines.captureDeadline();
            case EXPORTING -> deadlines.exportDeadline();
            case QUEUED, SNAPSHOTTING, COMMITTING, COMPLETING, COMPLETED, EXPIRING, DISMISSED, UNSWEPT, SWEPT -> null;
        };
        Phase.Hold hold = step == BackupStep.EXPORTING ? Phase.Hold.IMAGES : Phase.Hold.NOTHING;
        return new Phase(step, BackupRow.since(row), most, hold);
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        BackupJob job = inOurHands(lease);
        if (snapshots.goesOnWithout(lease, job, failure)) {
            return;
        }
        if (WORTH_ANOTHER_CAPTURE.contains(failure.code()) && startsOver(lease, job)) {
            return;
        }
        BackupJob.Failed failed = ((BackupJob.Revocable) job).fail(failure);
        Instant sweepAt = failed instanceof BackupJob.Unswept ? lease.now() : null;
        JobRecord next = BackupRow.next(lease.row(), failed, lease.now(), sweepAt);
        lease.write(JobWrite.of(next, event(lease, BackupEvent.Kind.BACKUP_FAILED, failure.code())));
    }

    /**
     * A worker that slept may have put objects after its successor had swept. While the successor is still at work its own
     * sweep finds them, for it comes last. One that slept past the age of its backup does not even find the row. Nobody else looks before
     * the backup goes, so one failure is not the end.
     */
    @Override
    public void overtaken(Lease lost) {
        boolean swept = false;
        for (int tries = 0; tries < OVERTAKEN_TRIES && !swept; tries++) {
            swept = sweptBehind(lost);
        }
        tidy();
    }

    private boolean sweptBehind(Lease lost) {
        try {
            parts.catalog()
                    .find(lost.row().id())
                    .map(BackupRow::read)
                    .ifPresentOrElse(job -> sweepBehind(lost, job), () -> sweepAfterRemoval(lost));
            return true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "What an overtaken worker left of job {} could not be swept",
                    lost.row().id(),
                    e);
            return false;
        }
    }

    @Override
    public void tidy() {
        images.releaseOver(this::isOver);
    }

    /** From its commit, its failure or its next attempt on, nobody reads the images of an attempt any more. */
    private boolean isOver(Attempt attempt) {
        Optional<BackupJob> job = parts.catalog().find(attempt.backup().value()).map(BackupRow::read);
        return job.filter(now -> now instanceof BackupJob.Revocable
                        && now instanceof BackupJob.Begun begun
                        && begun.run().attempt() <= attempt.number())
                .isEmpty();
    }

    private void sweepBehind(Lease lost, BackupJob now) {
        if (now instanceof BackupJob.Completing completing) {
            sweepBehind(lost, now, completing.contents());
        } else if (now instanceof BackupJob.Completed completed) {
            sweepBehind(lost, now, completed.contents());
        } else if (now instanceof BackupJob.Unswept || now instanceof BackupJob.Swept) {
            leftovers.sweepAll(place(now, lost.callAfterLoss()), now.header().backup(), lost.callAfterLoss());
        }
        if (now instanceof BackupJob.Begun begun && !(now instanceof BackupJob.Revocable)) {
            snapshots.askBehind(begun, lost.callAfterLoss());
        }
    }

    private void sweepBehind(Lease lost, BackupJob now, Contents committed) {
        CallContext call = lost.callAfterLoss();
        leftovers.sweepOtherAttempts(
                place(now, call), now.header().backup(), committed.manifest().sha256(), call);
    }

    /**
     * Clean-up saw everything gone before the row, so what this worker has put since came late. From its commit on that is a manifest
     * alone, and others may need what it had stored before.
     */
    private void sweepAfterRemoval(Lease lost) {
        if (BackupRow.read(lost.row()) instanceof BackupJob.Begun last) {
            CallContext call = lost.callAfterLoss();
            ArchivePlace place = place(last, call);
            Predicate<String> late = name -> last instanceof BackupJob.Revocable
                    && Leftovers.isOf(lost.fence(), name)
                    && parts.catalog().needing(last.header().database(), name).isEmpty();
            if (leftovers.sweepRemoved(place, last.header().backup(), late, call)) {
                snapshots.askAfterRemoval(last, call);
            }
        }
    }

    /** The state that the row holds, taken over where the claim is newer than the state's. */
    private static BackupJob inOurHands(Lease lease) {
        BackupJob job = BackupRow.read(lease.row());
        boolean newer =
                job instanceof BackupJob.Running running && running.run().fence() < lease.fence();
        return newer ? ((BackupJob.Running) job).takenOver(lease.fence()) : job;
    }

    private void begin(Lease lease, BackupJob.Queued job) {
        // Before anything is created where somebody else may write (spec J4).
        place(job, lease.call(CallContext.Purpose.MANIFEST));
        parts.cleanUps().ensure(job.header().database(), lease.row().region());
        Snapshots planned = snapshots.plan(job.header(), 1);
        Intent intent = intent(job.header(), 1, planned);
        int captures = parts.settings().work().captures();
        BackupRun run = new BackupRun(
                1,
                captures,
                lease.fence(),
                lease.now(),
                intent,
                planned,
                sources.glimpse(job.header(), lease.call(CallContext.Purpose.MANIFEST)));
        BackupJob begun = planned.isEmpty() ? job.claimed(run) : job.snapshotting(run);
        JobRecord next = BackupRow.next(lease.row(), begun, lease.now(), lease.now());
        lease.write(JobWrite.of(next, event(lease, BackupEvent.Kind.BACKUP_STARTED, null)));
    }

    private void snapshot(Lease lease, BackupJob.Snapshotting job) {
        if (job.run().profile() == null) {
            write(lease, job.noted(profile(lease, job)), lease.now());
        } else {
            snapshots.run(lease, job);
        }
    }

    /** What the database was is written before images are asked for: whoever comes later may get images of before a change. */
    private void capture(Lease lease, BackupJob.Capturing job) {
        CapturedProfile profile = job.run().profile();
        if (profile == null) {
            write(lease, job.noted(profile(lease, job)), lease.now());
            return;
        }
        Made made = snapshots.images(lease, job);
        if (made.awaits().isPresent()) {
            await(lease, made.awaits().get());
            return;
        }
        Capture capture = sources.capture(job, made.volumes());
        if (capture instanceof Capture.Pending pending) {
            await(lease, pending);
        } else if (capture instanceof Capture.Ready ready) {
            Instant before = Sources.completeBefore(ready.images(), job.run().startedAt());
            Captured captured = new Captured(profile, before);
            write(lease, job.captured(captured, exporter.base(job.header())), lease.now());
        }
    }

    private CapturedProfile profile(Lease lease, BackupJob job) {
        return sources.profile(job.header(), lease.call(CallContext.Purpose.MANIFEST));
    }

    private void export(Lease lease, BackupJob.Exporting job) {
        Made made = snapshots.images(lease, job);
        if (made.awaits().isPresent()) {
            await(lease, made.awaits().get());
            return;
        }
        Capture capture = images.capture(attempt(job), made.volumes());
        if (capture instanceof Capture.Pending pending) {
            await(lease, pending);
        } else if (capture instanceof Capture.Ready ready) {
            ArchivePlace place = lease.entered(BackupStep.CAPTURING.code())
                            && job.run().volumes().isEmpty()
                    ? known(job)
                    : place(job, lease.call(CallContext.Purpose.MANIFEST));
            Exporter.Result result = exporter.export(lease, job, new Exporter.Source(place, ready.images()));
            sources.requireUnchanged(job);
            // An export takes hours, and once its commit is decided a job can only complete (spec J4).
            place(job, lease.call(CallContext.Purpose.MANIFEST));
            JobRecord next = BackupRow.next(
                    lease.row(), job.exported(result.contents(), result.manifest()), lease.now(), lease.now());
            lease.write(new JobWrite(next, List.of(), result.segments()));
        }
    }

    private void commit(Lease lease, BackupJob.Committing job) {
        images.release(attempt(job));
        // Whoever writes there by now: what was decided is put, under a name that is this backup's alone.
        new ManifestStore(known(job), lease.call(CallContext.Purpose.MANIFEST))
                .commit(job.header().backup(), job.manifest().bytes());
        write(lease, job.committed(), lease.now());
    }

    private void complete(Lease lease, BackupJob.Completing job) {
        Optional<Report> damage = sweepOtherAttempts(lease, job);
        snapshots.settled(lease, job).ifPresent(settled -> {
            completed(lease, settled);
            damage.ifPresent(found -> flag(job.header().backup(), found));
        });
    }

    /** The job has ended: what cannot be noted now is found again by whoever reads the manifest next. */
    private void flag(BackupId backup, Report damage) {
        try {
            findings.flag(backup, damage);
        } catch (RuntimeException e) {
            LOG.warn("Backup {} is damaged, which could not be noted: {}", backup, damage.reasons(), e);
        }
    }

    private static void completed(Lease lease, BackupJob.Completing job) {
        Instant at = lease.nowSince(job.run().startedAt());
        Verification written = new Verification(VerificationLevel.WRITTEN, at, Report.empty());
        JobRecord next = BackupRow.next(lease.row(), job.completed(at, written), at, null);
        lease.write(JobWrite.of(next, event(lease, BackupEvent.Kind.BACKUP_COMPLETED, null)));
    }

    /**
     * Where another installation has taken the place over, what earlier attempts left is for that one to judge. Where the manifest was lost
     * or damaged since it was put, nothing tells what is needed: the backup completes, is found damaged, and its database is free. What may
     * not be deleted is left to the backup's clean-up, as what is locked is: a permission may be missing for ever.
     */
    private Optional<Report> sweepOtherAttempts(Lease lease, BackupJob.Completing job) {
        BackupId backup = job.header().backup();
        try {
            confirm(lease, job);
            return Optional.empty();
        } catch (FailedException e) {
            Optional<Report> damage =
                    Findings.ofManifest("C10", backup, job.contents().manifest().sha256(), e);
            if (damage.isEmpty() && e.code() != ErrorCode.FOREIGN_INSTALLATION) {
                throw e;
            }
            LOG.warn("Backup {} completes without a sweep: {}", backup, e.getMessage());
            return damage;
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.DENIED) {
                throw e;
            }
            LOG.warn("Backup {} leaves the sweep to its clean-up: {}", backup, e.getMessage());
            return Optional.empty();
        }
    }

    /** Reads what was committed; and sweeps, unless this claim alone exported, and once. */
    private void confirm(Lease lease, BackupJob.Completing job) {
        BackupHeader header = job.header();
        String committed = job.contents().manifest().sha256();
        CallContext call = lease.call(CallContext.Purpose.SWEEP);
        if (job.run().attempt() == 1 && lease.entered(BackupStep.EXPORTING.code())) {
            var unused = new ManifestStore(known(job), call).readCommitted(header.backup(), committed);
        } else {
            leftovers.sweepOtherAttempts(place(job, call), header.backup(), committed, call);
        }
    }

    private void sweep(Lease lease, BackupJob.Unswept job) {
        for (int number = 1; number <= job.run().attempt(); number++) {
            images.release(new Attempt(job.header().database(), job.header().backup(), number));
        }
        CallContext call = lease.call(CallContext.Purpose.SWEEP);
        leftovers.sweepAll(place(job, call), job.header().backup(), call);
        if (snapshots.swept(lease, job)) {
            write(lease, job.swept(), null);
        }
    }

    private boolean startsOver(Lease lease, BackupJob job) {
        if (job instanceof BackupJob.Exporting e && e.run().attemptsLeft()) {
            images.release(attempt(e));
            // Counted from here: the claim must be let go of, so that the next attempt has a fence of its own.
            Instant again = lease.now().plus(parts.settings().retry().firstBackoff());
            JobRecord next = BackupRow.next(lease.row(), nextAttempt(e), lease.now(), again);
            lease.write(JobWrite.of(next.waiting(again, OTHER_IMAGES, 0)));
            if (lease.row().claimed().isPresent()) {
                lease.letGo(parts.settings().retry().backoff(1), OTHER_IMAGES, 0);
            }
            return true;
        }
        return false;
    }

    private BackupJob nextAttempt(BackupJob.Exporting job) {
        int number = job.run().attempt() + 1;
        Snapshots planned = snapshots.plan(job.header(), number);
        Intent more = intent(job.header(), number, planned);
        return planned.isEmpty() ? job.startOver(more) : job.snapshotAgain(more, planned);
    }

    private static void await(Lease lease, SnapshotWatch.Wait wait) {
        await(lease, new Capture.Pending(wait.reason(), wait.lookAgain()));
    }

    private static void await(Lease lease, Capture.Pending pending) {
        if (lease.overdue()) {
            throw new FailedException(
                    ErrorCode.DEADLINE_PASSED,
                    "Cannot wait any longer for the images of job "
                            + lease.row().id() + ": " + pending.reason() + ".");
        }
        Instant at = lease.lookAgainAfter(pending.lookAgain());
        lease.write(JobWrite.of(
                lease.row().waiting(at, pending.reason(), lease.row().strikes())));
    }

    private static void write(Lease lease, BackupJob next, @Nullable Instant lookAgain) {
        lease.write(JobWrite.of(BackupRow.next(lease.row(), next, lease.now(), lookAgain)));
    }

    /** The place of a job whose claim has looked already who writes there, or that writes whoever does. */
    private ArchivePlace known(BackupJob job) {
        return parts.archives().open(job.header().database(), job.header().location());
    }

    /** Whoever takes a job up looks again who writes where it lies. */
    private ArchivePlace place(BackupJob job, CallContext call) {
        return parts.archives()
                .openToWrite(job.header().database(), job.header().location(), call);
    }

    private static Attempt attempt(BackupJob.Begun job) {
        return new Attempt(
                job.header().database(), job.header().backup(), job.run().attempt());
    }

    /** What an attempt will create: its objects lie under these folders, its images are named after it (spec B6). */
    private Intent intent(BackupHeader header, int attempt, Snapshots planned) {
        ArchivePlace place = parts.archives().open(header.database(), header.location());
        return new Intent(List.of(
                        place.keys().segments(header.backup()).toString(),
                        place.keys().backup(header.backup()).toString(),
                        Intent.IMAGES + new Attempt(header.database(), header.backup(), attempt)))
                .andSnapshots(planned.names())
                .andVolumes(planned.volumeNames());
    }

    private static BackupEvent event(Lease lease, BackupEvent.Kind kind, @Nullable ErrorCode code) {
        JobRecord row = lease.row();
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, row.database(), row.id(), lease.now(), code);
    }
}
