package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import java.sql.SQLException;
import java.util.Optional;

/** Who holds each database's slot; its primary key is the rule that one does (spec A3). */
final class SlotTable {
    private SlotTable() {}

    /** Takes a slot; a taken one is a violation. */
    static void take(Session session, DatabaseId database, Workflow workflow) throws SQLException {
        session.update(
                "insert into parix_slot (database_id, kind, owner, taken_at) values (?, ?, ?, "
                        + session.dialect().clock() + ")",
                database.value(),
                workflow.kind().code(),
                workflow.owner());
    }

    static Optional<Workflow> occupant(Session session, DatabaseId database) throws SQLException {
        return session.one(
                "select kind, owner from parix_slot where database_id = ?",
                row -> new Workflow(Codes.workflow(row.getString(1)), row.getString(2)),
                database.value());
    }

    /** Gives back what this workflow holds, and nothing else. */
    static int release(Session session, DatabaseId database, Workflow workflow) throws SQLException {
        return session.update(
                "delete from parix_slot where database_id = ? and kind = ? and owner = ?",
                database.value(),
                workflow.kind().code(),
                workflow.owner());
    }
}
