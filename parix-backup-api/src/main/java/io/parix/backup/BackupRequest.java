package io.parix.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a manual backup.
 *
 * @param database the database to back up
 * @param actor who asks (spec A5)
 * @param idempotencyKey the same key for the same database gives the same job (spec A4); 1 to 128 printable characters that do
 *     not begin with {@code parix-}, which the runs of schedules do; null for a new job each time
 */
public record BackupRequest(
        DatabaseId database, Actor actor, @Nullable String idempotencyKey) {
    /** Refuses an empty, overlong, unprintable or reserved key. */
    public BackupRequest {
        IdempotencyKey.require(idempotencyKey);
        IdempotencyKey.requireUnreserved(idempotencyKey);
    }

    /**
     * A request without an idempotency key.
     *
     * @param database the database to back up
     * @param actor who asks
     * @return the request
     */
    public static BackupRequest of(DatabaseId database, Actor actor) {
        return new BackupRequest(database, actor, null);
    }

    /** {@return the idempotency key, where there is one} */
    public Optional<String> key() {
        return Optional.ofNullable(idempotencyKey);
    }
}
