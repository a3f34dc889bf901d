package io.parix.backup.engine.row;

import io.parix.backup.Failure;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.core.job.RestoreJob;
import io.parix.backup.core.job.RestoreRun;
import io.parix.backup.core.job.RestoreStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that any state of a restore job may carry; which parts are there follows from the step. Version 1.
 *
 * <p>{@code since} is when the job came to its step: a phase's deadline counts from there.
 */
record RestorePayload(
        int version,
        Instant since,
        RestoreHeader header,
        @Nullable RestoreRun run,
        @Nullable Instant completedAt,
        @Nullable RestoreStep stuckIn,
        List<Failure> failures) {

    static RestorePayload of(RestoreJob job, Instant since) {
        RestoreRun run = job instanceof RestoreJob.Begun begun ? begun.run() : null;
        if (job instanceof RestoreJob.NeedsOperator stuck) {
            return new RestorePayload(1, since, stuck.header(), run, null, stuck.stuckIn(), stuck.failures());
        }
        if (job instanceof RestoreJob.Completed completed) {
            return new RestorePayload(1, since, completed.header(), run, completed.completedAt(), null, List.of());
        }
        return new RestorePayload(1, since, job.header(), run, null, null, failures(job));
    }

    private static List<Failure> failures(RestoreJob job) {
        if (job instanceof RestoreJob.Undoing undoing) {
            return List.of(undoing.failure());
        }
        return job instanceof RestoreJob.Failed failed ? List.of(failed.failure()) : List.of();
    }

    RestoreJob job(RestoreStep step) {
        return switch (step) {
            case QUEUED -> new RestoreJob.Queued(header);
            case DISMISSED -> new RestoreJob.Dismissed(header, failure());
            case MOVING -> new RestoreJob.Moving(header, begun());
            case STAGING -> new RestoreJob.Staging(header, begun());
            case FENCING_OLD -> new RestoreJob.FencingOld(header, begun());
            case SWAPPING -> new RestoreJob.Swapping(header, begun());
            case STARTING -> new RestoreJob.Starting(header, begun());
            case CONFIRMING -> new RestoreJob.Confirming(header, begun());
            case OPENING -> new RestoreJob.Opening(header, begun());
            case RELEASING -> new RestoreJob.Releasing(header, begun());
            case COMPLETED -> new RestoreJob.Completed(header, begun(), there("completedAt", completedAt));
            case UNDO_FENCING -> new RestoreJob.UndoFencing(header, begun(), failure());
            case UNDO_SWAPPING -> new RestoreJob.UndoSwapping(header, begun(), failure());
            case UNDO_MOVING -> new RestoreJob.UndoMoving(header, begun(), failure());
            case UNDONE -> new RestoreJob.Undone(header, begun(), failure());
            case NEEDS_OPERATOR -> new RestoreJob.NeedsOperator(header, begun(), there("stuckIn", stuckIn), failures);
        };
    }

    private RestoreRun begun() {
        return there("run", run);
    }

    private Failure failure() {
        return there("failure", failures.isEmpty() ? null : failures.get(0));
    }

    private <T> T there(String what, @Nullable T value) {
        return Payloads.there("job " + header.restore().value(), what, value);
    }
}
