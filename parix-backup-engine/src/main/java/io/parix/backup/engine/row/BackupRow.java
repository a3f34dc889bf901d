package io.parix.backup.engine.row;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.ByteSize;
import io.parix.backup.Failure;
import io.parix.backup.Progress;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.Standing;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backup job between its row, its state and what the api shows of it. */
public final class BackupRow {
    private BackupRow() {}

    /**
     * Makes the row of a job that was just asked for.
     *
     * @param job the job
     * @param region where its database runs
     * @return its row, due at once
     */
    public static JobRecord first(BackupJob.Queued job, String region) {
        BackupHeader header = job.header();
        return new JobRecord(
                header.backup().value(),
                1,
                JobKind.BACKUP,
                header.database(),
                region,
                job.status(),
                job.step().code(),
                0,
                header.requestedAt(),
                header.requestedAt(),
                null,
                0,
                StepProgress.NONE,
                PayloadJson.write(BackupPayload.of(job, header.requestedAt())));
    }

    /**
     * Makes the row of a backup that was found in storage (spec C11).
     *
     * @param job the backup
     * @param region where its database ran
     * @return its row, of which nothing is due
     */
    public static JobRecord adopted(BackupJob.Completed job, String region) {
        BackupHeader header = job.header();
        return new JobRecord(
                header.backup().value(),
                1,
                JobKind.BACKUP,
                header.database(),
                region,
                job.status(),
                job.step().code(),
                job.run().attempt(),
                header.requestedAt(),
                null,
                null,
                0,
                StepProgress.NONE,
                PayloadJson.write(BackupPayload.of(job, job.completedAt())));
    }

    /**
     * Reads a row's state.
     *
     * @param row a row of kind {@link JobKind#BACKUP}
     * @return the state
     */
    public static BackupJob read(JobRecord row) {
        return payload(row).job(BackupStep.of(row.step()));
    }

    /**
     * Reads since when a job is in its step.
     *
     * @param row a row of kind {@link JobKind#BACKUP}
     * @return when it came to the step, in its attempt
     */
    public static Instant since(JobRecord row) {
        return payload(row).since();
    }

    private static BackupPayload payload(JobRecord row) {
        BackupPayload payload = PayloadJson.read(row.payload(), BackupPayload.class, "job " + row.id());
        Payloads.requireVersion("job " + row.id(), payload.version());
        return payload;
    }

    /**
     * Makes the row of a job's next state.
     *
     * @param row the row as last read
     * @param next the state that a legal move led to
     * @param now the catalog's clock
     * @param lookAgain when a worker should look, or null
     * @return the row to be written
     * @throws io.parix.backup.core.job.IllegalMoveException when no legal move leads there from the row's state
     */
    public static JobRecord next(JobRecord row, BackupJob next, Instant now, @Nullable Instant lookAgain) {
        read(row).requireMoveTo(next);
        int attempt = next instanceof BackupJob.Begun begun ? begun.run().attempt() : row.attempt();
        String step = next.step().code();
        boolean stays = row.step().equals(step) && row.attempt() == attempt && !begins(read(row), next);
        String payload = PayloadJson.write(BackupPayload.of(next, stays ? since(row) : now));
        return row.moved(next.status(), step, payload, lookAgain).inAttempt(attempt);
    }

    /** Snapshots have their time from the moment on at which they can be asked for: what is waited for before is not theirs. */
    private static boolean begins(BackupJob before, BackupJob next) {
        return before instanceof BackupJob.Snapshotting waiting
                && waiting.run().profile() == null
                && next instanceof BackupJob.Snapshotting begun
                && begun.run().profile() != null;
    }

    /**
     * Shows a row as the api does.
     *
     * @param row a row of kind {@link JobKind#BACKUP}
     * @return the backup
     */
    public static Backup view(JobRecord row) {
        BackupJob job = read(row);
        BackupHeader header = job.header();
        Failure failure = job instanceof BackupJob.Failed failed ? failed.failure() : null;
        return new Backup(
                header.backup(),
                header.database(),
                job.status(),
                header.trigger(),
                header.actor(),
                header.requestedAt(),
                job instanceof BackupJob.Begun begun ? begun.run().startedAt() : null,
                endedAt(job),
                progress(row),
                failure,
                kept(job).map(BackupRow::contents).orElse(null),
                standing(job).ownership(),
                standing(job).hold(),
                standing(job).deletion());
    }

    private static Standing standing(BackupJob job) {
        return kept(job).map(BackupJob.Completed::standing).orElse(Standing.MADE_HERE);
    }

    /** The backup that a row holds or is still removing. */
    private static Optional<BackupJob.Completed> kept(BackupJob job) {
        if (job instanceof BackupJob.Expiring expiring) {
            return Optional.of(expiring.backup());
        }
        return job instanceof BackupJob.Completed completed ? Optional.of(completed) : Optional.empty();
    }

    static Progress progress(JobRecord row) {
        StepProgress p = row.progress();
        return new Progress(row.step(), new ByteSize(p.done()), new ByteSize(p.expected()), row.attempt(), p.waiting());
    }

    private static @Nullable Instant endedAt(BackupJob job) {
        if (job instanceof BackupJob.Failed failed) {
            return failed.failure().at();
        }
        return kept(job).map(BackupJob.Completed::completedAt).orElse(null);
    }

    private static BackupContents contents(BackupJob.Completed job) {
        Contents contents = job.contents();
        return new BackupContents(
                job.captured().completeBefore(),
                job.captured().profile(),
                contents.replicas(),
                contents.totals().logical(),
                contents.totals().stored(),
                contents.totals().added(),
                contents.manifest().sha256(),
                contents.coherence().and(SnapshotFindings.of(job.run().volumes())),
                job.verification(),
                job.run().volumes().each(),
                job.standing().drill());
    }
}
