package io.parix.backup.core.job;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Printable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The states of a backup job, each one a record of {@link BackupJob}. */
public enum BackupStep implements JobStep {
    /** Accepted, not begun. */
    QUEUED("queued", JobStatus.QUEUED),
    /** Snapshots of the replica volumes are asked for; only where there are volumes. */
    SNAPSHOTTING("snapshotting", JobStatus.RUNNING),
    /** The images are asked for. */
    CAPTURING("capturing", JobStatus.RUNNING),
    /** The images are read, checked and stored. */
    EXPORTING("exporting", JobStatus.RUNNING),
    /** The exact manifest is decided and is being put; the job can only complete from here. */
    COMMITTING("committing", JobStatus.RUNNING),
    /** The manifest is there; snapshots become usable, images are released and leftovers of earlier attempts swept. */
    COMPLETING("completing", JobStatus.RUNNING),
    /** Restorable. */
    COMPLETED("completed", JobStatus.COMPLETED),
    /** Being cleaned up: still shown, never restored again; there is no way back (spec E14). */
    EXPIRING("expiring", JobStatus.COMPLETED),
    /** Failed before it began; nothing was ever created. */
    DISMISSED("dismissed", JobStatus.FAILED),
    /** Failed; what it created is not swept yet. The database is free meanwhile. */
    UNSWEPT("unswept", JobStatus.FAILED),
    /** Failed; nothing that it created is left. */
    SWEPT("swept", JobStatus.FAILED);

    private final String code;
    private final JobStatus status;

    BackupStep(String code, JobStatus status) {
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
    public static BackupStep of(String code) {
        return Arrays.stream(values())
                .filter(step -> step.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new FailedException(
                        ErrorCode.FORMAT_UNKNOWN,
                        "Cannot read a backup job: this release knows no step " + Printable.quote(code)
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
    public Optional<BackupStep> afterFailure() {
        return switch (this) {
            case QUEUED -> Optional.of(DISMISSED);
            case SNAPSHOTTING, CAPTURING, EXPORTING -> Optional.of(UNSWEPT);
            case COMMITTING, COMPLETING, COMPLETED, EXPIRING, DISMISSED, UNSWEPT, SWEPT -> Optional.empty();
        };
    }

    @Override
    public Set<BackupStep> next() {
        return switch (this) {
            case QUEUED -> Set.of(SNAPSHOTTING, CAPTURING, DISMISSED);
            case SNAPSHOTTING -> Set.of(SNAPSHOTTING, CAPTURING, UNSWEPT);
            case CAPTURING -> Set.of(CAPTURING, EXPORTING, UNSWEPT);
            case EXPORTING -> Set.of(EXPORTING, SNAPSHOTTING, CAPTURING, COMMITTING, UNSWEPT);
            case COMMITTING -> Set.of(COMMITTING, COMPLETING);
            case COMPLETING -> Set.of(COMPLETING, COMPLETED);
            case COMPLETED -> Set.of(COMPLETED, EXPIRING);
            case UNSWEPT -> Set.of(SWEPT);
            case EXPIRING, DISMISSED, SWEPT -> Set.of();
        };
    }

    @Override
    public String toString() {
        return code;
    }
}
