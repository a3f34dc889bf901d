package io.parix.backup.host;

import io.parix.backup.DatabaseId;
import java.util.List;

/** Which volumes a database's replicas lie on, where they lie on volumes at all. Reading only; safe for concurrent calls. */
@FunctionalInterface
public interface ReplicaVolumes {
    /**
     * Names the volumes of a database, of which the provider of its backups is asked for snapshots (spec C1). Asked once at the
     * beginning of each attempt.
     *
     * @param database the database
     * @return at most one per replica, at most 100, in any order; empty where there are none, and then none is made
     * @throws io.parix.backup.BackupException when it cannot be told; the attempt is then tried again or fails
     */
    List<ReplicaVolume> of(DatabaseId database);

    /** {@return a port of a host without volumes} */
    static ReplicaVolumes none() {
        return database -> List.of();
    }
}
