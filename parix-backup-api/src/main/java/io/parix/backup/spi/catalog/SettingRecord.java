package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;

/**
 * Something that was decided once and holds until it is decided anew, such as how long an organization keeps its backups.
 *
 * @param name its name, 1 to 200 printable characters
 * @param version rises with every write, from 1; every write is conditional on it, 0 for a new one
 * @param payload what was decided, as versioned JSON, at most 65,536 characters
 */
public record SettingRecord(String name, long version, String payload) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST = 1 << 16;

    /** Refuses unprintable and overlong names, and payloads that are too long. */
    public SettingRecord {
        if (!Printable.is(name, LONGEST_NAME)) {
            throw InvalidRequestException.of(
                    "name of a setting", Printable.quote(name), "it must have 1 to 200 printable characters");
        }
        if (payload.length() > LONGEST) {
            throw InvalidRequestException.of(
                    "setting's payload", "of " + payload.length() + " characters", "it must have at most 65,536");
        }
    }
}
