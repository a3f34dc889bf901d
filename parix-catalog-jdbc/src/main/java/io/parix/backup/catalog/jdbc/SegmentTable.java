package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Which backups need each segment (spec C12). */
final class SegmentTable {
    private static final int BATCH = 500;

    private SegmentTable() {}

    /** Makes these the segments that a backup needs. */
    static void record(Session session, JobRecord backup, Set<String> segments) throws SQLException {
        session.update("delete from parix_segment where job_id = ?", backup.id());
        List<Object[]> rows = segments.stream()
                .map(segment -> new Object[] {backup.database().value(), segment, backup.id()})
                .toList();
        for (int from = 0; from < rows.size(); from += BATCH) {
            session.updateEach(
                    "insert into parix_segment (database_id, segment, job_id) values (?, ?, ?)",
                    rows.subList(from, Math.min(rows.size(), from + BATCH)));
        }
    }

    static List<String> needing(Session session, DatabaseId database, String segment) throws SQLException {
        return session.list(
                "select job_id from parix_segment where database_id = ? and segment = ? order by job_id",
                row -> row.getString(1),
                database.value(),
                segment);
    }
}
