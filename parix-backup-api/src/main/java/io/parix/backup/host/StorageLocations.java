package io.parix.backup.host;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.StorageLocation;

/** Where a database's backups lie. Reading only; safe for concurrent calls. */
@FunctionalInterface
public interface StorageLocations {
    /**
     * Names the place of a database's new backups.
     *
     * @param database the database
     * @param provider the provider id of its profile
     * @return the place; the same at each call unless the host has moved it
     */
    StorageLocation locate(DatabaseId database, String provider);

    /**
     * One place for every database.
     *
     * @param location the place
     * @return a port that always answers it
     */
    static StorageLocations of(StorageLocation location) {
        return (database, provider) -> location;
    }
}
