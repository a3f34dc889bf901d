package io.parix.backup.engine.row;

import io.parix.backup.Failure;
import io.parix.backup.Restore;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A restore job between its row, its state and what the api shows of it. */
public final class RestoreRow {
    private RestoreRow() {}

    /**
     * Makes the row of a job that was just asked for.
     *
     * @param job the job
     * @param region where its database runs
     * @return its row, due at once
     */
    public static JobRecord first(RestoreJob.Queued job, String region) {
        RestoreHeader header = job.header();
        return new JobRecord(
                header.restore().value(),
                1,
                JobKind.RESTORE,
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
                PayloadJson.write(RestorePayload.of(job, header.requestedAt())));
    }

    /**
     * Reads a row's state.
     *
     * @param row a row of kind {@link JobKind#RESTORE}
     * @return the state
     */
    public static RestoreJob read(JobRecord row) {
        return payload(row).job(RestoreStep.of(row.step()));
    }

    /**
     * Reads since when a job is in its step.
     *
     * @param row a row of kind {@link JobKind#RESTORE}
     * @return when it came to the step
     */
    public static Instant since(JobRecord row) {
        return payload(row).since();
    }

    private static RestorePayload payload(JobRecord row) {
        RestorePayload payload = PayloadJson.read(row.payload(), RestorePayload.class, "job " + row.id());
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
    public static JobRecord next(JobRecord row, RestoreJob next, Instant now, @Nullable Instant lookAgain) {
        read(row).requireMoveTo(next);
        String step = next.step().code();
        String payload = PayloadJson.write(RestorePayload.of(next, row.step().equals(step) ? since(row) : now));
        return row.moved(next.status(), step, payload, lookAgain).inAttempt(1);
    }

    /**
     * Shows a row as the api does.
     *
     * @param row a row of kind {@link JobKind#RESTORE}
     * @return the restore
     */
    public static Restore view(JobRecord row) {
        RestoreJob job = read(row);
        RestoreHeader header = job.header();
        Failure failure = job instanceof RestoreJob.Failed failed ? failed.failure() : null;
        return new Restore(
                header.restore(),
                header.backup(),
                header.database(),
                job.status(),
                header.actor(),
                header.requestedAt(),
                endedAt(job),
                BackupRow.progress(row),
                failure);
    }

    private static @Nullable Instant endedAt(RestoreJob job) {
        if (job instanceof RestoreJob.Completed completed) {
            return completed.completedAt();
        }
        return job instanceof RestoreJob.Failed failed ? failed.failure().at() : null;
    }
}
