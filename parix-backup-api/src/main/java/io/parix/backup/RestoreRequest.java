package io.parix.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a restore, which replaces the live database.
 *
 * @param backup what to put back
 * @param confirmedName the database's exact name, typed by a person (spec F1)
 * @param actor who asks
 * @param idempotencyKey the same key for the same database gives the same job, also after it ended, so that a caller that died
 *     after asking finds it again (spec A4); 1 to 128 printable characters, or null for a new job each time
 */
public record RestoreRequest(
        BackupId backup,
        String confirmedName,
        Actor actor,
        @Nullable String idempotencyKey) {
    /** Refuses an empty, overlong or unprintable key. */
    public RestoreRequest {
        IdempotencyKey.require(idempotencyKey);
    }

    /**
     * A request without an idempotency key.
     *
     * @param backup what to put back
     * @param confirmedName the database's exact name, typed by a person (spec F1)
     * @param actor who asks
     * @return the request
     */
    public static RestoreRequest of(BackupId backup, String confirmedName, Actor actor) {
        return new RestoreRequest(backup, confirmedName, actor, null);
    }

    /** {@return the idempotency key, where there is one} */
    public Optional<String> key() {
        return Optional.ofNullable(idempotencyKey);
    }
}
