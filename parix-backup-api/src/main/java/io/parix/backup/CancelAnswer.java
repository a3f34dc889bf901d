package io.parix.backup;

/** The answer to {@link Backups#cancel} (spec B5). */
public sealed interface CancelAnswer {
    /** {@return the backup as it is now} */
    Backup backup();

    /**
     * It has ended {@code failed} with the code {@code cancelled}. What it had created is swept from here on, and the
     * database is free meanwhile.
     *
     * @param backup as it is now
     */
    record Cancelled(Backup backup) implements CancelAnswer {}

    /**
     * Its commit is durably decided, so it completes.
     *
     * @param backup as it is now
     */
    record TooLate(Backup backup) implements CancelAnswer {}

    /**
     * It had ended before, perhaps by being cancelled; nothing changes.
     *
     * @param backup as it is now
     */
    record AlreadyEnded(Backup backup) implements CancelAnswer {}
}
