package io.parix.backup;

import org.jspecify.annotations.Nullable;

/** What an idempotency key of a request may be (spec A4). */
final class IdempotencyKey {
    private static final int LONGEST = 128;

    private IdempotencyKey() {}

    /** Refuses an empty, overlong or unprintable key; none is fine. */
    static void require(@Nullable String key) {
        if (key != null
                && (key.isBlank() || key.length() > LONGEST || key.chars().anyMatch(Character::isISOControl))) {
            throw InvalidRequestException.of(
                    "idempotency key", Printable.quote(key), "it must have 1 to " + LONGEST + " printable characters");
        }
    }
}
