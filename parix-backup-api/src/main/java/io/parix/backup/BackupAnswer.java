package io.parix.backup;

/** The answer to a {@link BackupRequest}: a job, or the reasons why there is none. */
public sealed interface BackupAnswer {
    /**
     * There is a job: a new one, or the one that the same idempotency key made before.
     *
     * @param backup as it is now
     */
    record Accepted(Backup backup) implements BackupAnswer {}

    /**
     * There is none.
     *
     * @param report every condition with its outcome; at least one failed
     */
    record Refused(Report report) implements BackupAnswer {}
}
