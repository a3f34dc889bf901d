package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The schedules; the primary key is the rule that a database has one (spec G1). */
final class ScheduleTable {
    private static final String COLUMNS = "database_id, version, due_at, look_again_at, payload";

    private ScheduleTable() {}

    static Optional<ScheduleRecord> find(Session session, DatabaseId database) throws SQLException {
        return session.one(
                "select " + COLUMNS + " from parix_schedule where database_id = ? and payload is not null",
                ScheduleTable::read,
                database.value());
    }

    /**
     * Makes a schedule; a database that has one is a violation. Its version is past those of the one that was removed, whose row
     * is still there without a payload: who has seen that one must not take this one for it.
     */
    static Optional<ScheduleRecord> insert(Session session, ScheduleRecord first) throws SQLException {
        Instant enabledAt = first.dueAt() == null ? null : session.now();
        Optional<ScheduleRecord> anew = session.one(
                session.dialect()
                        .returning(
                                "update parix_schedule set version = version + 1, due_at = ?, look_again_at = ?, enabled_at = ?,"
                                        + " payload = ?"
                                        + " where database_id = ? and payload is null"),
                ScheduleTable::read,
                first.dueAt(),
                first.lookAgainAt(),
                enabledAt,
                first.payload(),
                first.database().value());
        if (anew.isPresent()) {
            return anew;
        }
        session.update(
                "insert into parix_schedule (database_id, version, due_at, look_again_at, enabled_at, payload)"
                        + " values (?, 1, ?, ?, ?, ?)",
                first.database().value(),
                first.dueAt(),
                first.lookAgainAt(),
                enabledAt,
                first.payload());
        return find(session, first.database());
    }

    /** Writes a row one version on; empty when it has moved on or is gone. One that was paused is enabled from now on. */
    static Optional<ScheduleRecord> write(Session session, ScheduleRecord next) throws SQLException {
        Instant enabledAt = next.dueAt() == null ? null : session.now();
        String since = enabledAt == null ? "?" : "coalesce(enabled_at, ?)";
        return session.one(
                session.dialect()
                        .returning("update parix_schedule set version = version + 1, due_at = ?, look_again_at = ?,"
                                + " enabled_at = " + since
                                + ", payload = ? where database_id = ? and version = ? and payload is not null"),
                ScheduleTable::read,
                next.dueAt(),
                next.lookAgainAt(),
                enabledAt,
                next.payload(),
                next.database().value(),
                next.version());
    }

    static boolean remove(Session session, ScheduleRecord seen) throws SQLException {
        return session.update(
                        "update parix_schedule set version = version + 1, due_at = null, look_again_at = null,"
                                + " enabled_at = null, payload = null"
                                + " where database_id = ? and version = ? and payload is not null",
                        seen.database().value(),
                        seen.version())
                > 0;
    }

    /** Along {@code parix_schedule_look}. */
    static List<ScheduleRecord> due(Session session, int limit) throws SQLException {
        Instant now = session.now();
        List<ScheduleRecord> found = new ArrayList<>(looks(session, "look_again_at <= ?", now, limit));
        int left = limit - found.size();
        if (left > 0) {
            found.addAll(looks(session, "look_again_at > ?", now.plus(ScheduleRecord.FURTHEST), left));
        }
        return found;
    }

    private static List<ScheduleRecord> looks(Session session, String condition, Instant at, int limit)
            throws SQLException {
        return session.list(
                "select " + COLUMNS + " from parix_schedule where " + condition
                        + " order by look_again_at, database_id limit ?",
                ScheduleTable::read,
                at,
                limit);
    }

    private static ScheduleRecord read(ResultSet row) throws SQLException {
        return new ScheduleRecord(
                new DatabaseId(row.getString("database_id")),
                row.getLong("version"),
                Session.instantOrNull(row, "due_at"),
                Session.instantOrNull(row, "look_again_at"),
                row.getString("payload"));
    }
}
