package io.parix.backup;

/** The public status of a backup or restore job (spec B1): queued, running, then completed or failed. */
public enum JobStatus {
    /** Accepted, not begun. */
    QUEUED("queued"),
    /** A worker has begun it. */
    RUNNING("running"),
    /** Done; for a backup it means restorable (spec C8). */
    COMPLETED("completed"),
    /** Ended without success; the reason is with it. */
    FAILED("failed");

    private final String code;

    JobStatus(String code) {
        this.code = code;
    }

    /** {@return the stable text of this status, as stored} */
    public String code() {
        return code;
    }

    /** {@return whether no further move exists} */
    public boolean ended() {
        return this == COMPLETED || this == FAILED;
    }
}
