package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The last fencing token of each database (spec B7). */
final class FenceTable {
    private FenceTable() {}

    /**
     * The next token: the last one plus one, or the clock in microseconds, whichever is higher. The row stays locked until the
     * transaction ends, so tokens are handed out one after another; that the first one was handed out meanwhile is a
     * violation.
     */
    static long next(Session session, DatabaseId database, Instant now) throws SQLException {
        long clocked = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        Optional<Long> raised = session.one(
                session.dialect()
                        .returning(
                                "update parix_fence set last_fence = greatest(last_fence + 1, ?) where database_id = ?"),
                row -> row.getLong("last_fence"),
                clocked,
                database.value());
        if (raised.isEmpty()) {
            session.update(
                    "insert into parix_fence (database_id, last_fence) values (?, ?)", database.value(), clocked);
        }
        return raised.orElse(clocked);
    }
}
