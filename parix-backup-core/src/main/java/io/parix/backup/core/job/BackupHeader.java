package io.parix.backup.core.job;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backup job is from the request on; never changes (spec A5).
 *
 * @param backup the backup
 * @param database whose
 * @param actor who asked
 * @param trigger why
 * @param requestedAt when, on the catalog's clock
 * @param location the full identity of the storage location, 1 to 2048 printable characters; no secrets
 * @param idempotencyKey what the caller gave so that a repeated request finds this job (spec A4), 1 to 256 printable
 *     characters, or null
 */
public record BackupHeader(
        BackupId backup,
        DatabaseId database,
        Actor actor,
        Trigger trigger,
        Instant requestedAt,
        String location,
        @Nullable String idempotencyKey) {

    /** Refuses unprintable and overlong texts. */
    public BackupHeader {
        Require.text("storage location", location, 2048);
        if (idempotencyKey != null) {
            Require.text("idempotency key", idempotencyKey, 256);
        }
    }
}
