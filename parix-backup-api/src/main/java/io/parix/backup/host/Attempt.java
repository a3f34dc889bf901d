package io.parix.backup.host;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;

/**
 * One try of a backup job. Names made from it are deterministic, so a repeated call finds its own work (spec B6).
 *
 * @param database the database
 * @param backup the backup
 * @param number 1 for the first try
 */
public record Attempt(DatabaseId database, BackupId backup, int number) {
    @Override
    public String toString() {
        return backup + "-" + number;
    }
}
