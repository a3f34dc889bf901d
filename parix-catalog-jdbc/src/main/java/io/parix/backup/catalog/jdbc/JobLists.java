package io.parix.backup.catalog.jdbc;

import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of jobs, each along an index. */
final class JobLists {
    private static final String SELECT = "select " + JobTable.COLUMNS + " from parix_job where ";

    private JobLists() {}

    /** Along {@code parix_job_due}. */
    static List<JobRecord> due(Session session, DueQuery query) throws SQLException {
        Instant now = session.now();
        List<JobRecord> found =
                new ArrayList<>(looks(session, query, new Looks("look_again_at <= ?", now, query.limit()), now));
        int left = query.limit() - found.size();
        if (query.furthest() != null && left > 0) {
            found.addAll(looks(session, query, new Looks("look_again_at > ?", now.plus(query.furthest()), left), now));
        }
        return found;
    }

    private record Looks(String condition, Instant at, int limit) {}

    private static List<JobRecord> looks(Session session, DueQuery query, Looks looks, Instant now)
            throws SQLException {
        List<Object> arguments = new ArrayList<>(List.of(looks.at(), now));
        StringBuilder sql =
                new StringBuilder(SELECT + looks.condition() + " and (claim_until is null or claim_until <= ?)");
        among(sql, arguments, "region", query.regions());
        among(sql, arguments, "kind", query.kinds().stream().map(JobKind::code).toList());
        sql.append(" order by look_again_at, id limit ?");
        arguments.add(looks.limit());
        return session.list(sql.toString(), JobTable::read, arguments.toArray());
    }

    private static void among(StringBuilder sql, List<Object> arguments, String column, Collection<String> values) {
        if (!values.isEmpty()) {
            sql.append(" and ")
                    .append(column)
                    .append(" in (")
                    .append(String.join(", ", Collections.nCopies(values.size(), "?")))
                    .append(')');
            arguments.addAll(values);
        }
    }

    /** Along {@code parix_job_history}: the first condition on the instant bounds the scan, the second splits a tie. */
    static List<JobRecord> history(Session session, HistoryQuery query) throws SQLException {
        List<Object> arguments = new ArrayList<>(
                List.of(query.jobs().database().value(), query.jobs().kind().code()));
        StringBuilder sql = new StringBuilder(SELECT + "database_id = ? and kind = ?");
        JobStatus status = query.jobs().status();
        if (status != null) {
            sql.append(" and status = ?");
            arguments.add(status.code());
        }
        Instant from = query.range().from();
        Instant to = query.range().to();
        HistoryQuery.Position after = query.after();
        if (from != null) {
            sql.append(" and requested_at >= ?");
            arguments.add(up(from));
        }
        if (to != null) {
            sql.append(" and requested_at < ?");
            arguments.add(up(to));
        }
        if (after != null) {
            sql.append(" and requested_at <= ? and (requested_at < ? or id < ?)");
            arguments.addAll(List.of(after.requestedAt(), after.requestedAt(), after.id()));
        }
        sql.append(" order by requested_at desc, id desc limit ?");
        arguments.add(query.limit());
        return session.list(sql.toString(), JobTable::read, arguments.toArray());
    }

    static List<JobRecord> find(Session session, Set<String> ids) throws SQLException {
        String among = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return ids.isEmpty()
                ? List.of()
                : session.list(SELECT + "id in (" + among + ") order by id", JobTable::read, ids.toArray());
    }

    /** From one to the next along {@code parix_job_history}; no index is read from end to end, as "distinct" would. */
    static List<DatabaseId> databases(Session session, @Nullable DatabaseId after, int limit) throws SQLException {
        return session.list(
                "with recursive each_database (id, place) as (select " + nextDatabase("?") + ", 1"
                        + " union all select " + nextDatabase("each_database.id") + ", place + 1"
                        + " from each_database where id is not null and place < ?)"
                        + " select id from each_database where id is not null order by place",
                row -> new DatabaseId(row.getString(1)),
                after == null ? "" : after.value(),
                limit);
    }

    /** The query of the first database after one. */
    static String nextDatabase(String after) {
        return "(select database_id from parix_job where database_id > " + after + " order by database_id limit 1)";
    }

    /** The first microsecond that is not before an instant: what is kept has no finer parts. */
    private static Instant up(Instant instant) {
        Instant down = Session.micros(instant);
        return down.equals(instant) ? down : down.plusNanos(1_000);
    }
}
