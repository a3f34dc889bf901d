package io.parix.backup.core.job;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import java.time.Instant;

/** What the records of this package ask of their values. */
final class Require {
    private static final int SHA256_DIGITS = 64;

    private Require() {}

    /** Refuses what does not hold, naming the value found. */
    static void that(boolean holds, String what, Object found, String fact) {
        if (!holds) {
            throw InvalidRequestException.of(what, String.valueOf(found), fact);
        }
    }

    /** Refuses what is blank, longer than {@code max} or unprintable. */
    static void text(String what, String value, int max) {
        that(
                Printable.is(value, max),
                what,
                Printable.quote(value),
                "it must have 1 to " + max + " printable characters");
    }

    /** Refuses what is not SHA-256 in lower-case hexadecimal. */
    static void sha256(String what, String value) {
        boolean holds = value.length() == SHA256_DIGITS
                && value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        that(holds, what, Printable.quote(value), "it must be SHA-256 in 64 lower-case hexadecimal digits");
    }

    /** Refuses a fencing token that no catalog gave out. */
    static void fence(long fence) {
        that(fence > 0, "fencing token", fence, "tokens start at 1");
    }

    /** Refuses an end before its beginning, by less than nothing: both are the catalog's instants. */
    static void notBefore(String what, Instant at, Instant earliest) {
        that(!at.isBefore(earliest), what, at, "it lies before " + earliest);
    }
}
