package io.parix.backup.engine.restore;

import io.parix.backup.DatabaseId;

/** What else is to be done once a database serves what was restored (spec F8). Safe for concurrent calls. */
@FunctionalInterface
public interface AfterRestore {
    /**
     * Does it, before the restore is noted as completed and gives the database's slot back. What fails is tried again with its
     * step, so doing it twice must do it once.
     *
     * @param database which was restored
     */
    void restored(DatabaseId database);
}
