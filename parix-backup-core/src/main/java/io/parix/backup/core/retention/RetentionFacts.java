package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.host.DatabaseFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be known of a database to tell which of its backups stay.
 *
 * @param backups all of its backups, each once, in any order
 * @param database what the host knows of it
 * @param floor whether its last restorable backup is kept
 */
public record RetentionFacts(List<RetentionCandidate> backups, DatabaseFacts database, Floor floor) {
    /** Copies the list; refuses a backup that is there twice. */
    public RetentionFacts {
        backups = List.copyOf(backups);
        Set<BackupId> seen = new HashSet<>();
        for (RetentionCandidate candidate : backups) {
            if (!seen.add(candidate.backup())) {
                throw InvalidRequestException.of("retention facts", "of " + candidate.backup(), "it is there twice");
            }
        }
    }

    /** Whether the last restorable backup of a database that is not deleted is kept whatever its age (spec H7). */
    public enum Floor {
        /** It is. */
        KEEPS_LAST,
        /** The host has switched this off. */
        OFF
    }
}
