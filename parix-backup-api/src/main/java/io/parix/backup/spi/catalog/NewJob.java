package io.parix.backup.spi.catalog;

import io.parix.backup.BackupEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job to be inserted.
 *
 * @param row its row, of version 1, queued, unclaimed
 * @param idempotencyKey unique per database and kind, or null
 * @param event that it was asked for, or null where nobody asked; written in the same transaction
 */
public record NewJob(
        JobRecord row,
        @Nullable String idempotencyKey,
        @Nullable BackupEvent event) {
    /** {@return that it was asked for, where somebody did} */
    public Optional<BackupEvent> asked() {
        return Optional.ofNullable(event);
    }
}
