package io.parix.backup.catalog.jdbc;

import io.parix.backup.GaugeReading;
import io.parix.backup.GaugeReading.Due;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.GaugeReading.Queue;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.JobKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What gauges show (spec J1). None of its queries depends on the length of the history. */
final class GaugeQueries {
    private GaugeQueries() {}

    static GaugeReading read(Session session, Duration lateAfter) throws SQLException {
        Instant now = session.now();
        List<Active> active = active(session);
        Map<JobKind, Due> due = due(session, now);
        return new GaugeReading(
                now,
                queue(JobKind.BACKUP, active, due, now),
                queue(JobKind.RESTORE, active, due, now),
                due.getOrDefault(JobKind.CLEAN_UP, Due.NOTHING),
                fleet(session, now, lateAfter),
                StoredTable.total(session));
    }

    /** Jobs of one kind and status. */
    private record Active(JobKind kind, JobStatus status, long jobs, Instant oldest) {}

    /** Along {@code parix_slot}: each active job holds one, and what has ended holds none. */
    private static List<Active> active(Session session) throws SQLException {
        return session.list(
                "select job.kind as kind, job.status as status, count(*) as jobs, min(job.requested_at) as oldest"
                        + " from parix_slot slot join parix_job job on job.id = slot.owner and job.kind = slot.kind"
                        + " group by job.kind, job.status",
                row -> new Active(
                        Codes.jobKind(row.getString("kind")),
                        Codes.status(row.getString("status")),
                        row.getLong("jobs"),
                        Session.instant(row, "oldest")));
    }

    /** Along {@code parix_job_due}. */
    private static Map<JobKind, Due> due(Session session, Instant now) throws SQLException {
        Map<JobKind, Due> found = new EnumMap<>(JobKind.class);
        session.list(
                "select kind, count(*) as jobs, min(look_again_at) as first_due from parix_job"
                        + " where look_again_at <= ? and (claim_until is null or claim_until <= ?) group by kind",
                row -> found.put(
                        Codes.jobKind(row.getString("kind")),
                        new Due(row.getLong("jobs"), since(Session.instant(row, "first_due"), now))),
                now,
                now);
        return found;
    }

    private static Queue queue(JobKind kind, List<Active> active, Map<JobKind, Due> due, Instant now) {
        long queued = 0;
        long running = 0;
        Duration longest = Duration.ZERO;
        for (Active each : active) {
            if (each.kind() == kind && each.status() == JobStatus.QUEUED) {
                queued += each.jobs();
                longest = since(each.oldest(), now);
            } else if (each.kind() == kind) {
                running += each.jobs();
            }
        }
        return new Queue(queued, running, longest, due.getOrDefault(kind, Due.NOTHING));
    }

    /**
     * From one enabled schedule to its newest completed backup along {@code parix_job_history}, which is nearly always its first
     * row there. Without "offset 0" PostgreSQL would look for it once for each time that it is named.
     */
    private static Fleet fleet(Session session, Instant now, Duration lateAfter) throws SQLException {
        String newest = "(select job.requested_at from parix_job job where job.database_id = schedule.database_id"
                + " and job.kind = 'backup' and job.status = 'completed' and job.requested_at <= ?"
                + " order by job.requested_at desc limit 1)";
        String each = "select enabled_at, due_at, " + newest + " as newest from parix_schedule schedule"
                + " where due_at is not null offset 0";
        String since = "case when newest > enabled_at then newest else enabled_at end";
        return session.one(
                        "select count(*) as scheduled, count(newest) as backed_up,"
                                + " sum(case when " + since + " < ? then 1 else 0 end) as late,"
                                + " min(" + since + ") as longest_without, min(due_at) as first_due"
                                + " from (" + each + ") as each_schedule",
                        row -> fleet(row, now, lateAfter),
                        now.minus(lateAfter),
                        now)
                .orElseThrow();
    }

    private static Fleet fleet(ResultSet row, Instant now, Duration lateAfter) throws SQLException {
        long scheduled = row.getLong("scheduled");
        return new Fleet(
                scheduled,
                scheduled - row.getLong("backed_up"),
                row.getLong("late"),
                lateAfter,
                since(Session.instantOrNull(row, "longest_without"), now),
                since(Session.instantOrNull(row, "first_due"), now));
    }

    /** Zero for what is to come, and where there is nothing. */
    private static Duration since(@Nullable Instant then, Instant now) {
        return then == null || then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }
}
