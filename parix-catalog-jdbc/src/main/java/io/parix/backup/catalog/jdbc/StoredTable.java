package io.parix.backup.catalog.jdbc;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import java.sql.SQLException;

/**
 * What the segments of each database take in storage, kept in step with every change of what is needed: added up, they would be
 * the largest table read from end to end.
 */
final class StoredTable {
    private StoredTable() {}

    /**
     * Keeps others from changing what the database's backups need until the transaction ends: so what is counted before and after
     * a change differs by that change only.
     *
     * @return whether the database has a row
     */
    static boolean lock(Session session, DatabaseId database) throws SQLException {
        return session.one(
                        "select bytes from parix_stored where database_id = ? for update",
                        row -> row.getLong(1),
                        database.value())
                .isPresent();
    }

    /** Makes a database's row and locks it; one that came in meanwhile is a violation. */
    static void make(Session session, DatabaseId database) throws SQLException {
        session.update("insert into parix_stored (database_id, bytes) values (?, 0)", database.value());
    }

    static void add(Session session, DatabaseId database, long bytes) throws SQLException {
        if (bytes != 0) {
            session.update("update parix_stored set bytes = bytes + ? where database_id = ?", bytes, database.value());
        }
    }

    static ByteSize total(Session session) throws SQLException {
        return session.one(
                        "select coalesce(sum(bytes), 0) as stored from parix_stored",
                        row -> new ByteSize(row.getLong("stored")))
                .orElseThrow();
    }
}
