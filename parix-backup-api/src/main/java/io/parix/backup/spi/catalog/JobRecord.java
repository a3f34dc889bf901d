package io.parix.backup.spi.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job's row.
 *
 * @param id the backup's or restore's id
 * @param version counts the writes of this row, from 1; every write is conditional on it
 * @param kind what the job does
 * @param database whose
 * @param region where the database ran when the job was asked for, 1 to 64 characters; workers may restrict themselves
 *     to regions
 * @param status the public status; the job holds its database's slot while it is queued or running
 * @param step the stored code of the durable step that comes next
 * @param attempt the number of the attempt, 0 before the first
 * @param requestedAt when it was asked for, on the catalog's clock
 * @param lookAgainAt from when on a worker should look at it, or null when nobody need
 * @param claim who works on it, or null when nobody does
 * @param strikes how often the current step has failed in a row
 * @param progress what a running step last reported
 * @param payload the step's facts as versioned JSON, at most 2 MiB
 */
public record JobRecord(
        String id,
        long version,
        JobKind kind,
        DatabaseId database,
        String region,
        JobStatus status,
        String step,
        int attempt,
        Instant requestedAt,
        @Nullable Instant lookAgainAt,
        @Nullable Claim claim,
        int strikes,
        StepProgress progress,
        String payload) {

    /** {@return who works on it, where somebody does} */
    public Optional<Claim> claimed() {
        return Optional.ofNullable(claim);
    }

    /** {@return from when on a worker should look at it, where one should} */
    public Optional<Instant> due() {
        return Optional.ofNullable(lookAgainAt);
    }

    /**
     * The same row one step on, to be handed to {@link Catalog#write}: no strikes, no progress yet.
     *
     * @param nextStatus the public status
     * @param nextStep the step that comes next
     * @param nextPayload its facts
     * @param lookAgain when a worker should look, or null
     * @return a row of the same version, claim and attempt
     */
    public JobRecord moved(JobStatus nextStatus, String nextStep, String nextPayload, @Nullable Instant lookAgain) {
        return new JobRecord(
                id,
                version,
                kind,
                database,
                region,
                nextStatus,
                nextStep,
                attempt,
                requestedAt,
                lookAgain,
                claim,
                0,
                StepProgress.NONE,
                nextPayload);
    }

    /**
     * The same row in another attempt.
     *
     * @param number the attempt's number
     * @return a row that differs in that only
     */
    public JobRecord inAttempt(int number) {
        return new JobRecord(
                id,
                version,
                kind,
                database,
                region,
                status,
                step,
                number,
                requestedAt,
                lookAgainAt,
                claim,
                strikes,
                progress,
                payload);
    }

    /**
     * The same row at the same step, to be looked at later.
     *
     * @param at when
     * @param reason what it waits for, for a person
     * @param failures how often the step has now failed in a row
     * @return a row that differs in that only
     */
    public JobRecord waiting(Instant at, String reason, int failures) {
        return new JobRecord(
                id,
                version,
                kind,
                database,
                region,
                status,
                step,
                attempt,
                requestedAt,
                at,
                claim,
                failures,
                StepProgress.waiting(reason),
                payload);
    }
}
