package io.parix.backup.catalog.jdbc;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Events that no listener has taken yet, in the order of their writes. */
final class OutboxTable {
    private OutboxTable() {}

    /** Adds an event; one that waits already is there once. */
    static void add(Session session, BackupEvent event) throws SQLException {
        session.update(
                "insert into parix_outbox (id, kind, database_id, job_id, happened_at, failure)"
                        + " select v.id, ?, ?, ?, cast(? as timestamp(6) with time zone), ?"
                        + " from (select cast(? as varchar(256)) as id) v"
                        + " where not exists (select 1 from parix_outbox o where o.id = v.id)",
                event.kind().code(),
                event.database().value(),
                event.job(),
                event.at(),
                event.failure() == null ? null : event.failure().code(),
                event.id());
    }

    static List<BackupEvent> oldest(Session session, int limit) throws SQLException {
        return session.list(
                "select id, kind, database_id, job_id, happened_at, failure from parix_outbox order by seq limit ?",
                OutboxTable::read,
                limit);
    }

    static int remove(Session session, String event) throws SQLException {
        return session.update("delete from parix_outbox where id = ?", event);
    }

    private static BackupEvent read(ResultSet row) throws SQLException {
        String failure = row.getString("failure");
        return new BackupEvent(
                row.getString("id"),
                Codes.event(row.getString("kind")),
                new DatabaseId(row.getString("database_id")),
                row.getString("job_id"),
                Session.instant(row, "happened_at"),
                failure == null ? null : Codes.error(failure));
    }
}
