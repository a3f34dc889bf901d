package io.parix.backup.core.job;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.RestoreId;
import java.time.Instant;

/**
 * What a restore job is from the request on; never changes.
 *
 * @param restore the restore
 * @param database whose files are replaced
 * @param backup what is put back
 * @param manifestDigest SHA-256 of the backup's manifest in lower-case hexadecimal: with {@code backup} it names the
 *     staging place
 * @param actor who asked
 * @param requestedAt when, on the catalog's clock
 */
public record RestoreHeader(
        RestoreId restore,
        DatabaseId database,
        BackupId backup,
        String manifestDigest,
        Actor actor,
        Instant requestedAt) {

    /** Refuses what is no digest. */
    public RestoreHeader {
        Require.sha256("manifest digest", manifestDigest);
    }
}
