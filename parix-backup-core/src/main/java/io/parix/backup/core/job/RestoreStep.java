package io.parix.backup.core.job;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Printable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a restore job, each one a record of {@link RestoreJob}.
 *
 * <p>Up to and with <em>confirming</em> a failure goes back; from <em>opening</em>, whose being stored is the durable
 * intent, only forward or to an operator (spec F5).
 */
public enum RestoreStep implements JobStep {
    /** Accepted, not begun. */
    QUEUED("queued", JobStatus.QUEUED),
    /** The profile moves to provisioning; the old replicas go on serving. */
    MOVING("moving", JobStatus.RUNNING),
    /** The replica files are written beside the live ones and verified. */
    STAGING("staging", JobStatus.RUNNING),
    /** The old replicas are stopped and made unable to start (spec F7). */
    FENCING_OLD("fencing-old", JobStatus.RUNNING),
    /** The staged files take the place of the live ones, which are kept. */
    SWAPPING("swapping", JobStatus.RUNNING),
    /** All restored replicas start together, closed to traffic. */
    STARTING("starting", JobStatus.RUNNING),
    /** The host is asked whether the restored cluster works. */
    CONFIRMING("confirming", JobStatus.RUNNING),
    /** The cluster is opened to traffic and the profile moves to active. No way back from here. */
    OPENING("opening", JobStatus.RUNNING),
    /** The old files and the staging place are let go. */
    RELEASING("releasing", JobStatus.RUNNING),
    /** The database serves what was restored. */
    COMPLETED("completed", JobStatus.COMPLETED),
    /** Failed before it began; nothing was touched. */
    DISMISSED("dismissed", JobStatus.FAILED),
    /** Going back: restored replicas that may have started are stopped and made unable to start. */
    UNDO_FENCING("undo-fencing", JobStatus.RUNNING),
    /** Going back: the old files take their place again. */
    UNDO_SWAPPING("undo-swapping", JobStatus.RUNNING),
    /** Going back: the old replicas serve, and the profile has the status from before. */
    UNDO_MOVING("undo-moving", JobStatus.RUNNING),
    /** Failed; the database is as it was. */
    UNDONE("undone", JobStatus.FAILED),
    /** Neither forward nor back: the old files are kept, and a person must decide. */
    NEEDS_OPERATOR("needs-operator", JobStatus.FAILED);

    private final String code;
    private final JobStatus status;

    RestoreStep(String code, JobStatus status) {
        this.code = code;
        this.status = status;
    }

    /**
     * Reads a stored code.
     *
     * @param code the text of {@link #code()}
     * @return the step
     * @throws FailedException with {@link ErrorCode#FORMAT_UNKNOWN} when this release has no such step
     */
    public static RestoreStep of(String code) {
        return Arrays.stream(values())
                .filter(step -> step.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new FailedException(
                        ErrorCode.FORMAT_UNKNOWN,
                        "Cannot read a restore job: this release knows no step " + Printable.quote(code)
                                + ". It was written by a newer one; upgrade before touching it."));
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public JobStatus status() {
        return status;
    }

    @Override
    public AfterCrash afterCrash() {
        return RecoveryTable.of(this);
    }

    @Override
    public Optional<RestoreStep> afterFailure() {
        return switch (this) {
            case QUEUED -> Optional.of(DISMISSED);
            case MOVING, STAGING, FENCING_OLD -> Optional.of(UNDO_MOVING);
            case SWAPPING -> Optional.of(UNDO_SWAPPING);
            case STARTING, CONFIRMING -> Optional.of(UNDO_FENCING);
            case OPENING, RELEASING, UNDO_FENCING, UNDO_SWAPPING, UNDO_MOVING -> Optional.of(NEEDS_OPERATOR);
            case COMPLETED, DISMISSED, UNDONE, NEEDS_OPERATOR -> Optional.empty();
        };
    }

    @Override
    public Set<RestoreStep> next() {
        return switch (this) {
            case QUEUED -> Set.of(MOVING, DISMISSED);
            case MOVING -> Set.of(MOVING, STAGING, UNDO_MOVING);
            case STAGING -> Set.of(STAGING, FENCING_OLD, UNDO_MOVING);
            case FENCING_OLD -> Set.of(FENCING_OLD, SWAPPING, UNDO_MOVING);
            case SWAPPING -> Set.of(SWAPPING, STARTING, UNDO_SWAPPING);
            case STARTING -> Set.of(STARTING, CONFIRMING, UNDO_FENCING);
            case CONFIRMING -> Set.of(CONFIRMING, OPENING, UNDO_FENCING);
            case OPENING -> Set.of(OPENING, RELEASING, NEEDS_OPERATOR);
            case RELEASING -> Set.of(RELEASING, COMPLETED, NEEDS_OPERATOR);
            case UNDO_FENCING -> Set.of(UNDO_FENCING, UNDO_SWAPPING, NEEDS_OPERATOR);
            case UNDO_SWAPPING -> Set.of(UNDO_SWAPPING, UNDO_MOVING, NEEDS_OPERATOR);
            case UNDO_MOVING -> Set.of(UNDO_MOVING, UNDONE, NEEDS_OPERATOR);
            case COMPLETED, DISMISSED, UNDONE, NEEDS_OPERATOR -> Set.of();
        };
    }

    @Override
    public String toString() {
        return code;
    }
}
