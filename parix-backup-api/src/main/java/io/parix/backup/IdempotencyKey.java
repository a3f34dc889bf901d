package io.parix.backup;

import org.jspecify.annotations.Nullable;

/** What an idempotency key of a request may be (spec A4). */
final class IdempotencyKey {
    private static final int LONGEST = 128;
    private static final String RESERVED = "parix-";

    private IdempotencyKey() {}

    /** Refuses an empty, overlong or unprintable key; none is fine. */
    static void require(@Nullable String key) {
        if (key != null && !Printable.is(key, LONGEST)) {
            throw InvalidRequestException.of(
                    "idempotency key", Printable.quote(key), "it must have 1 to " + LONGEST + " printable characters");
        }
    }

    /** Refuses a key of the kind that names runs of schedules: a job of it would stand in for a run. */
    static void requireUnreserved(@Nullable String key) {
        if (key != null && key.startsWith(RESERVED)) {
            throw InvalidRequestException.of(
                    "idempotency key", Printable.quote(key), "keys that begin with " + RESERVED + " are reserved");
        }
    }
}
