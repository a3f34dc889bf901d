package io.parix.backup;

/**
 * The stable code of every failure and refusal that is not a {@link Check} (spec I4).
 *
 * <p>Programs compare the constants or {@link #code()}; the words of a message may change, the codes never do.
 */
public enum ErrorCode {
    /** A value handed in breaks its own rules; nothing was begun. */
    INVALID_REQUEST("invalid-request"),
    /** The builder's settings contradict each other or break their bounds; all mistakes are listed. */
    INVALID_CONFIGURATION("invalid-configuration"),
    /** Two providers claim the same id. */
    DUPLICATE_PROVIDER("duplicate-provider"),
    /** No provider has the id that a storage location names. */
    UNKNOWN_PROVIDER("unknown-provider"),
    /** A provider was found and could not be loaded. */
    BROKEN_PROVIDER("broken-provider"),
    /** A backup lies in another place than the one registered for its database now; it is shown, and not touched. */
    LOCATION_CHANGED("location-changed"),
    /** Another installation writes to the place, or made the backup; nothing was touched. */
    FOREIGN_INSTALLATION("foreign-installation"),
    /** The thing asked for is not in the catalog. */
    NOT_FOUND("not-found"),
    /** The host's access policy does not allow it. */
    NOT_PERMITTED("not-permitted"),
    /** A job was asked to make a move that its state does not have (spec B1). */
    ILLEGAL_MOVE("illegal-move"),
    /** Somebody else changed the row first, or kept changing it; what is there comes with the error where it is known. */
    CATALOG_CONFLICT("catalog-conflict"),
    /** A storage provider failed; the kind is with the error. */
    PROVIDER_FAILED("provider-failed"),
    /** A snapshot of a volume failed, and the settings say that the backup fails with it. */
    SNAPSHOT_FAILED("snapshot-failed"),
    /** The catalog's clock and that of the process are too far apart; nothing was removed, as one of them tells a wrong age of every backup. */
    CLOCKS_APART("clocks-apart"),
    /** A deadline passed before the work was done. */
    DEADLINE_PASSED("deadline-passed"),
    /** The jobs of this process hold the memory that they may take together; the one that found no room waits. */
    MEMORY_TAKEN("memory-taken"),
    /** The job was cancelled. */
    CANCELLED("cancelled"),
    /** The images are not a complete, consistent replica set (spec C5, C6); the findings are with the error. */
    REPLICA_SET_REFUSED("replica-set-refused"),
    /** A replica file changed while it was read (spec C7). */
    IMAGE_MOVED("image-moved"),
    /** Another process holds a lock on a data file (spec C7). */
    IMAGE_LOCKED("image-locked"),
    /** A file is not a TigerBeetle data file, or not one of a known version. */
    NOT_A_DATA_FILE("not-a-data-file"),
    /** The data file's release is newer than the profile's TigerBeetle version. */
    RELEASE_NEWER_THAN_PROFILE("release-newer-than-profile"),
    /** The profile changed while the images were taken. */
    PROFILE_CHANGED("profile-changed"),
    /** The conditions of a backup, which held when it was asked for, no longer do; the report is with the error. */
    NOT_AVAILABLE("not-available"),
    /** The database directory could not say what the database is. */
    DATABASE_UNKNOWN("database-unknown"),
    /** The database was deleted, and what was asked for needs one that is there. */
    DATABASE_DELETED("database-deleted"),
    /** Reading an image failed. */
    IMAGE_UNREADABLE("image-unreadable"),
    /** A stored object is missing. */
    OBJECT_MISSING("object-missing"),
    /** A stored object is not what was written. */
    OBJECT_CORRUPT("object-corrupt"),
    /** A stored object has a format version that this release does not know. */
    FORMAT_UNKNOWN("format-unknown"),
    /** A manifest describes another database or backup than the one it was looked up for. */
    MANIFEST_FOREIGN("manifest-foreign"),
    /** The key that a backup was sealed under is lost, or its port gives another one; the error names it (spec C13). */
    KEY_LOST("key-lost"),
    /**
     * The host's keys could not be asked, or do not open what they have just given out; a job waits for them until the deadline of its
     * step, and a backup without images: it fails so when that has cost it all the captures that it may make (spec C13).
     */
    KEY_UNAVAILABLE("key-unavailable"),
    /** An object of this name exists and has other content. */
    OBJECT_CONFLICT("object-conflict"),
    /** The host's staging place is full, or could not take the bytes. */
    STAGING_FAILED("staging-failed"),
    /** The directory for temporary files is full, or could not take the bytes. */
    SPOOL_FAILED("spool-failed"),
    /** What was staged is not what the backup holds. */
    STAGED_MISMATCH("staged-mismatch"),
    /** The host could not confirm that the old replicas are stopped and unable to start (spec F7). */
    FENCE_NOT_CONFIRMED("fence-not-confirmed"),
    /** The host refused or failed a step of a restore. */
    HOST_FAILED("host-failed"),
    /** A backup is on hold, so it is not deleted; whoever decides lifts the hold first (spec H6). */
    ON_HOLD("on-hold"),
    /** A backup is being removed, and there is no way back. */
    BACKUP_EXPIRING("backup-expiring"),
    /** A backup is not eligible to be restored; the report is with the error. */
    NOT_ELIGIBLE("not-eligible"),
    /** No change of the retention period is pending, or what was is in force by now (spec H9). */
    NOTHING_TO_UNDO("nothing-to-undo"),
    /** A call carried a fencing token lower than one that the host has seen (spec F3). */
    FENCE_STALE("fence-stale"),
    /** The service is closed or was never started. */
    NOT_RUNNING("not-running"),
    /** A fault of this library itself. */
    INTERNAL("internal");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    /** {@return the stable text of this code} */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
