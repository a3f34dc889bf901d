package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which backups need each segment (spec C12). */
final class SegmentTable {
    private static final int BATCH = 500;

    private SegmentTable() {}

    /** Makes these the segments that a backup needs. That it is the first one of its database twice at once is a violation. */
    static void record(Session session, JobRecord backup, Map<String, Long> segments) throws SQLException {
        if (segments.isEmpty()) {
            forget(session, backup);
            return;
        }
        if (!StoredTable.lock(session, backup.database())) {
            StoredTable.make(session, backup.database());
        }
        long before = addedBy(session, backup.id());
        delete(session, backup.id());
        insert(session, backup, segments);
        StoredTable.add(session, backup.database(), addedBy(session, backup.id()) - before);
    }

    private static void insert(Session session, JobRecord backup, Map<String, Long> segments) throws SQLException {
        List<Object[]> rows = segments.entrySet().stream()
                .map(segment ->
                        new Object[] {backup.database().value(), segment.getKey(), backup.id(), segment.getValue()})
                .toList();
        for (int from = 0; from < rows.size(); from += BATCH) {
            session.updateEach(
                    "insert into parix_segment (database_id, segment, job_id, bytes) values (?, ?, ?, ?)",
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

    /** Those that no other job needs, along the primary key; put in order here, since a database's own order is its locale's. */
    static List<String> unshared(Session session, String job) throws SQLException {
        List<String> found = session.list(
                "select segment from parix_segment mine where job_id = ? and not exists (select 1 from parix_segment other"
                        + " where other.database_id = mine.database_id and other.segment = mine.segment"
                        + " and other.job_id <> mine.job_id)",
                row -> row.getString(1),
                job);
        return found.stream().sorted().toList();
    }

    /** Each segment counts once; it is freed where as many of the jobs need it as jobs at all. */
    static SegmentBytes bytes(Session session, DatabaseId database, Set<String> jobs) throws SQLException {
        List<Object> arguments = new ArrayList<>(List.of(database.value()));
        arguments.addAll(jobs);
        String among = String.join(", ", Collections.nCopies(jobs.size(), "?"));
        String each = "select max(bytes) as bytes, count(*) as jobs, (select count(*) from parix_segment other"
                + " where other.database_id = mine.database_id and other.segment = mine.segment) as needing"
                + " from parix_segment mine where database_id = ? and job_id in (" + among
                + ") group by mine.database_id, mine.segment";
        return session.one(
                        "select coalesce(sum(bytes), 0), coalesce(sum(case when jobs = needing then bytes else 0 end), 0)"
                                + " from (" + each + ") as each_segment",
                        row -> new SegmentBytes(row.getLong(1), row.getLong(2)),
                        arguments.toArray())
                .orElseThrow();
    }

    static void forget(Session session, JobRecord backup) throws SQLException {
        if (StoredTable.lock(session, backup.database())) {
            StoredTable.add(session, backup.database(), -addedBy(session, backup.id()));
            delete(session, backup.id());
        }
    }

    private static void delete(Session session, String job) throws SQLException {
        session.update("delete from parix_segment where job_id = ?", job);
    }

    /** The bytes that are stored for this job only. A need without a size, from before version 3, keeps no bytes. */
    private static long addedBy(Session session, String job) throws SQLException {
        return session.one(
                        "select coalesce(sum(bytes), 0) as added from parix_segment mine where job_id = ? and not exists"
                                + " (select 1 from parix_segment other where other.database_id = mine.database_id"
                                + " and other.segment = mine.segment and other.job_id <> mine.job_id and other.bytes > 0)",
                        row -> row.getLong("added"),
                        job)
                .orElseThrow();
    }
}
