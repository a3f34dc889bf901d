package io.parix.backup.host;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.RestoreId;

/**
 * Which restore a call belongs to, and the token that keeps a worker from the past out.
 *
 * @param database the database being restored
 * @param restore the restore job
 * @param backup what is put back
 * @param manifestDigest SHA-256 of the backup's manifest in hexadecimal: with {@code backup} it names the staging place
 * @param fence the fencing token; the host keeps the highest per database and refuses lower ones with
 *     {@link StaleFenceException} (spec F3)
 */
public record RestoreCall(DatabaseId database, RestoreId restore, BackupId backup, String manifestDigest, long fence) {}
