package io.parix.backup;

/**
 * One backup, and the job that makes it. Never reused.
 *
 * @param value 1 to 64 characters of A-Z, a-z, 0-9, {@code .}, {@code _}, {@code -}; starts with a letter or digit;
 *     no {@code ..}
 */
public record BackupId(String value) {
    /** Refuses, by {@link InvalidRequestException}, what is not a plain name. */
    public BackupId {
        Identifiers.require("backup id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
