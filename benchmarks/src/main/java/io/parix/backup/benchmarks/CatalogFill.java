package io.parix.backup.benchmarks;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobRecord;
import java.sql.SQLException;
import java.util.Locale;

/** Fills a catalog in bulk: copies of backups that the library wrote, which differ in database, id and instants. */
final class CatalogFill {
    /** Number 0, whose backups lie between those of all others. */
    static final DatabaseId LONGEST = database(0);

    private static final String DATABASE = "'db-' || lpad(cast(db as text), 9, '0')";
    private static final String ID = "'b20260101T000000-' || lpad(to_hex(i), 16, '0')";

    private final CatalogSize size;
    private final WrittenBackups written;

    CatalogFill(CatalogSize size, WrittenBackups written) {
        this.size = size;
        this.written = written;
    }

    /** {@return the id of a backup, of number 1 to as many as there are} */
    static String backup(int number) {
        return String.format(Locale.ROOT, "b20260101T000000-%016x", number);
    }

    private static DatabaseId database(int number) {
        return new DatabaseId(String.format(Locale.ROOT, "db-%09d", number));
    }

    void into(CatalogServer server) throws SQLException {
        server.run(
                "set synchronous_commit = off",
                "set session_replication_role = replica",
                "set maintenance_work_mem = '256MB'",
                "create temporary table put_off as select indexname, indexdef from pg_indexes where tablename like 'parix_%'"
                        + " and indexname not in (select conname from pg_constraint)",
                each("'drop index ' || indexname"),
                // The library's own clean-up of the database that was backed up would be one job more than is counted.
                "delete from parix_request_key where kind = 'clean-up'",
                "delete from parix_job where kind = 'clean-up'",
                "create table parix_numbers as " + numbers(),
                jobs(written.completed(), "not waits", "t.look_again_at"),
                jobs(
                        written.waiting(),
                        "waits",
                        "case when minute = 0 then now() else now() + interval '1 hour' + minute * interval '1 minute' end"),
                "insert into parix_slot (database_id, kind, owner, taken_at) select " + DATABASE + ", s.kind, " + ID
                        + ", asked from parix_numbers, parix_slot s where waits and s.database_id = "
                        + text(written.waiting().database().value()),
                "insert into parix_wakeup (task_name, task_instance, execution_time, picked, version)"
                        + " select w.task_name, j.id, j.look_again_at, false, 1 from parix_wakeup w, parix_job j"
                        + " where w.task_instance = " + text(written.waiting().id())
                        + " and j.look_again_at is not null and j.id <> w.task_instance",
                "insert into parix_fence (database_id, last_fence) select distinct " + DATABASE
                        + ", f.last_fence from parix_numbers, parix_fence f where f.database_id = "
                        + text(written.completed().database().value()),
                "insert into parix_segment (database_id, segment, job_id, bytes) select " + DATABASE
                        + ", replace(s.segment, s.job_id, " + ID + "), " + ID + ", s.bytes"
                        + " from parix_numbers, parix_segment s where not waits and s.job_id = "
                        + text(written.completed().id()),
                "insert into parix_schedule (database_id, version, enabled_at, due_at, look_again_at, payload) select id, 1, enabled_at,"
                        + " due_at, due_at, payload from (select 'db-' || lpad(cast(db as text), 9, '0') as id,"
                        + " now() - interval '1 year' as enabled_at, case when db % " + CatalogSize.MINUTES
                        + " = 1 then now() else now() + interval '1 hour' + db % "
                        + CatalogSize.MINUTES
                        + " * interval '1 minute' end as due_at, rpad('{\"version\":1', 299, ' ') || '}' as payload"
                        + " from generate_series(1, " + size.others() + ") db) as each_schedule",
                "drop table parix_numbers",
                each("indexdef"),
                "reset all",
                "vacuum analyze");
    }

    /** Keys and rows first, the other indexes at once when all is there. */
    private static String each(String statement) {
        return "do $$ declare statement text; begin for statement in select " + statement
                + " from put_off loop execute statement; end loop; end $$";
    }

    /** Every database's newest backup waits; of the waiting ones one in so many is due. */
    private String numbers() {
        String other = "i - i / " + size.stride();
        int firstWaiting = size.backups() - size.most() - size.others();
        return "select i, case when i % " + size.stride() + " = 0 then 0 else 1 + ("
                + other + " - 1) % " + size.others() + " end as db, i = " + size.backups() + " or (i % " + size.stride()
                + " <> 0 and " + other + " > " + firstWaiting + ") as waits, case when i = " + size.backups()
                + " then 1 else (" + other + " - 1 - " + firstWaiting + ") % " + CatalogSize.MINUTES
                + " end as minute, date_trunc('milliseconds', now()) - (" + size.backups()
                + " - i) * interval '26 seconds' + interval '1 microsecond' as asked from generate_series(1, "
                + size.backups() + ") i";
    }

    private static String jobs(JobRecord from, String which, String lookAgainAt) {
        String payload = "replace(replace(replace(t.payload, t.id, " + ID + "), t.database_id, " + DATABASE + "), "
                + text(from.requestedAt().toString())
                + ", to_char(asked at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))";
        return "insert into parix_job (id, version, kind, database_id, region, status, step, attempt, requested_at,"
                + " look_again_at, claim_worker, claim_fence, claim_until, strikes, done_bytes, expected_bytes,"
                + " waiting_for, payload) select " + ID + ", t.version, t.kind, " + DATABASE
                + ", t.region, t.status, t.step, t.attempt, asked, " + lookAgainAt
                + ", t.claim_worker, t.claim_fence, t.claim_until, t.strikes, t.done_bytes, t.expected_bytes,"
                + " t.waiting_for, " + payload + " from parix_numbers, parix_job t where " + which + " and t.id = "
                + text(from.id());
    }

    /** Ids and instants of ours have no quotes in them. */
    private static String text(String value) {
        return "'" + value + "'";
    }
}
