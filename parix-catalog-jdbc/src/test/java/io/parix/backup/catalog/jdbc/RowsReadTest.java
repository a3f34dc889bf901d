package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading.Fleet;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.SegmentBytes;
import io.parix.backup.spi.catalog.WriteCondition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What PostgreSQL reads to answer the catalog's queries: along an index, and no more than four rows for each that it answers
 * with. Of 20,000 backups of 100 databases every fourth waits, and of those every tenth is due.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsReadTest {
    private static final DatabaseId DB = new DatabaseId("db-7");
    private static final int EACH = 200;
    private static final int DUE = 500;
    private static final int MOST_PER_ROW = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HikariDataSource pool = TestPlace.pool(TestPlace.POSTGRESQL.emptyUrl());
    private final RecordedSource recorded = new RecordedSource(pool);
    private final JdbcCatalog catalog = JdbcCatalog.open(recorded.source(), CatalogSettings.defaults());

    /**
     * A scan of a table.
     *
     * @param way how it is read
     * @param table which
     * @param rows how many rows were looked at, with those that did not fit
     */
    private record Scan(String way, String table, double rows) {}

    @BeforeAll
    void fill() throws SQLException {
        String job = "'b' || lpad(cast(i as text), 6, '0')";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table numbers as select i, i % 4 = 0 as waits, case when i % 40 = 0 then"
                    + " now() - i * interval '1 second' else now() + interval '1 hour' end as again"
                    + " from generate_series(1, 20000) i");
            statement.execute("insert into parix_job (id, version, kind, database_id, region, status, step, attempt,"
                    + " requested_at, look_again_at, strikes, done_bytes, expected_bytes, payload) select " + job
                    + ", 1, 'backup', 'db-' || i % 100, 'region-' || i / 40 % 3,"
                    + " case when waits then 'queued' else 'completed' end,"
                    + " case when waits then 'queued' else 'completed' end, 1,"
                    + " timestamp with time zone '2026-01-01 00:00:00Z' + i * interval '1 minute',"
                    + " case when waits then again end, 0, 0, 0, '{}' from numbers");
            statement.execute("insert into parix_slot select 'db-' || i, 'backup', " + job + ", now() from numbers");
            statement.execute("insert into parix_request_key select 'db-' || i % 100, 'backup', 'key-' || i, " + job
                    + " from numbers");
            statement.execute("insert into parix_segment select 'db-' || i % 100, 'segments/' || i / 300, " + job
                    + " from numbers");
            statement.execute("insert into parix_outbox (id, kind, database_id, job_id, happened_at) select 'e' || i,"
                    + " 'backup-completed', 'db-' || i % 100, " + job + ", now() from numbers");
            statement.execute("insert into parix_wakeup (task_name, task_instance, execution_time, picked, version,"
                    + " again_at) select 'parix-job:region-' || i / 40 % 3, " + job
                    + ", again, i % 400 = 0, 1, case when i % 400 = 0 then now() - interval '1 hour' end"
                    + " from numbers where waits");
            statement.execute(
                    "insert into parix_schedule select 'db-' || i, 1, case when i % 3 > 0 then again end, '{}',"
                            + " case when i % 3 > 0 then now() end, case when i % 3 > 0 then again end from numbers");
            statement.execute("insert into parix_setting select 'retention/' || i, 1, '{}' from numbers");
            statement.execute("drop table numbers");
            statement.execute("vacuum analyze");
        }
    }

    @AfterAll
    void close() {
        pool.close();
    }

    @Test
    @DisplayName("J5 a job is read by its id, and by its key")
    void byKey() throws Exception {
        JobRecord found = catalog.find("b000107").orElseThrow();
        assertRead("from parix_job where id = ?", 1);
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "key-107")).contains(found);
        assertRead("request_key = ?", 1);
    }

    @Test
    @DisplayName("J5 a page of history reads its rows: the newest, those of a range, those after a row, and all")
    void history() throws Exception {
        HistoryQuery newest = HistoryQuery.newest(DB, JobKind.BACKUP, 50);
        List<JobRecord> page = catalog.history(newest);
        assertThat(page).hasSize(50);
        assertRead("order by requested_at desc", 50);

        assertThat(catalog.history(newest.after(page.get(49)))).hasSize(50);
        assertRead("order by requested_at desc", 50);

        Instant from = page.get(49).requestedAt();
        HistoryQuery range =
                newest.within(new HistoryQuery.Range(from, page.get(20).requestedAt()));
        assertThat(catalog.history(range)).hasSize(29);
        assertRead("order by requested_at desc", 29);
        assertThat(catalog.history(range.after(page.get(30)))).hasSize(19);
        assertRead("order by requested_at desc", 19);

        assertThat(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 1_000)))
                .hasSize(EACH);
        assertRead("order by requested_at desc", EACH);
    }

    @Test
    @DisplayName("J5 B7 what a write rests on is read by its key")
    void conditions() throws Exception {
        JobRecord other = catalog.find("b000108").orElseThrow();
        long fence = catalog.claim(other, "w1", Duration.ofMinutes(1))
                .claimed()
                .orElseThrow()
                .fence();
        JobRecord row = catalog.find("b000109").orElseThrow();
        catalog.write(JobWrite.of(row.moved(row.status(), row.step(), row.payload(), null))
                .provided(Set.of(
                        new WriteCondition.ClaimStands("b000108", fence),
                        new WriteCondition.JobStands("b000110", 1),
                        new WriteCondition.SettingStands("retention/7", 1))));
        assertThat(recorded.plan("select claim_until")).contains("parix_job_pkey");
        assertThat(recorded.plan("select version from parix_job")).contains("parix_job_pkey");
        assertThat(recorded.plan("select version from parix_setting")).contains("parix_setting_pkey");
    }

    @Test
    @DisplayName("J5 A3 what is due is read, everywhere or in a region, and who holds a slot")
    void dueAndSlots() throws Exception {
        assertThat(catalog.due(DueQuery.everywhere(1_000))).hasSize(DUE);
        assertRead("look_again_at <=", DUE);
        assertThat(catalog.due(new DueQuery(Set.of("region-1"), Set.of(), 1_000)))
                .hasSize(DUE / 3 + 1);
        assertRead("look_again_at <=", DUE / 3 + 1);
        assertThat(catalog.due(DueQuery.everywhere(200))).hasSize(200);
        assertRead("look_again_at <=", 200);
        assertThat(catalog.occupant(DB)).isPresent();
        assertRead("from parix_slot", 1);
    }

    @Test
    @DisplayName("J5 G1 due schedules are read, and a database's own")
    void schedules() throws Exception {
        int due = catalog.dueSchedules(1_000).size();
        assertThat(due).isBetween(300, 400);
        assertRead("from parix_schedule where look_again_at <=", due);
        assertThat(catalog.dueSchedules(100)).hasSize(100);
        assertRead("from parix_schedule where look_again_at <=", 100);
        assertThat(catalog.schedule(DB)).isPresent();
        assertRead("from parix_schedule where database_id", 1);
    }

    @Test
    @DisplayName("J5 C12 who needs a segment is read, and the oldest events")
    void segmentsAndEvents() throws Exception {
        assertThat(catalog.needing(DB, "segments/3")).hasSize(3);
        assertRead("from parix_segment where", 3);
        assertThat(catalog.undelivered(100)).hasSize(100);
        assertRead("from parix_outbox", 100);
    }

    @Test
    @DisplayName("J5 databases are listed by reading a row or so of each, not all of their jobs")
    void databases() throws Exception {
        assertThat(catalog.databases(null, 1_000)).hasSize(100);
        assertRead("each_database", 100);
        assertThat(catalog.databases(new DatabaseId("db-5"), 10)).hasSize(10);
        assertRead("each_database", 10);
    }

    @Test
    @DisplayName("J5 D4 H3 what only one backup needs, and what several take, is read by their segments")
    void bytesOfSegments() throws Exception {
        assertThat(catalog.unshared("b000107")).isEmpty();
        assertThat(scans("not exists")).noneMatch(scan -> scan.way().equals("Seq Scan"));
        assertThat(scans("not exists").stream().mapToDouble(Scan::rows).sum()).isLessThanOrEqualTo(8);
        Set<String> jobs = Set.of("b000107", "b000207", "b001007", "b000108");
        assertThat(catalog.segmentBytes(DB, jobs)).isEqualTo(new SegmentBytes(0, 0));
        assertThat(scans("as each_segment")).noneMatch(scan -> scan.way().equals("Seq Scan"));
        assertThat(scans("as each_segment").stream().mapToDouble(Scan::rows).sum())
                .isLessThanOrEqualTo(20);
    }

    @Test
    @DisplayName("J1 J5 gauges look for the newest backup of each enabled schedule once, and at few rows more")
    void gauges() throws SQLException, JsonProcessingException {
        int enabled = 13_334;
        Fleet fleet = catalog.gauges(Duration.ofDays(2)).fleet();
        assertThat(fleet.scheduled()).isEqualTo(enabled);
        assertThat(fleet.never()).isBetween(1L, enabled - 1L);
        List<Scan> jobs = scans("each_schedule").stream()
                .filter(scan -> scan.table().equals("parix_job"))
                .toList();
        assertThat(jobs).hasSize(1).noneMatch(scan -> scan.way().equals("Seq Scan"));
        assertThat(jobs.get(0).rows()).isLessThanOrEqualTo(MOST_PER_ROW * enabled);
    }

    private List<Scan> scans(String query) throws SQLException, JsonProcessingException {
        List<Scan> scans = scans(JSON.readTree(recorded.run(query)).get(0).get("Plan"));
        assertThat(scans).isNotEmpty();
        return scans;
    }

    @Test
    @DisplayName("J5 B4 wake-ups are polled for along an index, and so are those whose look takes too long")
    void wakeups() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch ticked = new CountDownLatch(1);
        try (JdbcDispatcher dispatcher = new JdbcDispatcher(catalog, DispatchBench.OFTEN)) {
            dispatcher.start(Set.of("region-2"), id -> looked.countDown(), ticked::countDown);
            looked.await();
            ticked.await();
        }
        assertThat(recorded.plan("again_at <= ?"))
                .contains("parix_wakeup_again")
                .doesNotContain("Seq Scan");
        assertThat(recorded.plan("ORDER BY execution_time"))
                .contains("parix_wakeup_due")
                .doesNotContain("Seq Scan");
    }

    @Test
    @DisplayName("J5 H3 a removal finds the job's key and its segments without reading those of other jobs")
    void removals() throws SQLException, JsonProcessingException {
        for (String table : List.of("parix_request_key", "parix_segment")) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery(
                            "explain (format json) delete from " + table + " where job_id = 'b000107'")) {
                assertThat(answer.next()).isTrue();
                List<Scan> scans =
                        ways(JSON.readTree(answer.getString(1)).get(0).get("Plan"));
                assertThat(scans).extracting(Scan::way).contains("Index Scan").doesNotContain("Seq Scan");
            }
        }
    }

    private static List<Scan> ways(JsonNode node) {
        List<Scan> ways = new ArrayList<>();
        ways.add(new Scan(
                node.get("Node Type").asText(), node.path("Relation Name").asText(), 0));
        node.path("Plans").forEach(inner -> ways.addAll(ways(inner)));
        return ways;
    }

    private void assertRead(String query, int returned) throws SQLException, JsonProcessingException {
        JsonNode plan = JSON.readTree(recorded.run(query)).get(0).get("Plan");
        assertThat(plan.get("Actual Rows").asDouble()).as(plan.toPrettyString()).isEqualTo(returned);
        List<Scan> scans = scans(plan);
        assertThat(scans).isNotEmpty().noneMatch(scan -> scan.way().equals("Seq Scan"));
        assertThat(scans.stream().mapToDouble(Scan::rows).sum())
                .as(plan.toPrettyString())
                .isBetween((double) returned, (double) MOST_PER_ROW * returned);
    }

    private static List<Scan> scans(JsonNode node) {
        List<Scan> scans = new ArrayList<>();
        if (node.has("Relation Name")) {
            double each = node.get("Actual Rows").asDouble()
                    + node.path("Rows Removed by Filter").asDouble()
                    + node.path("Rows Removed by Index Recheck").asDouble();
            scans.add(new Scan(
                    node.get("Node Type").asText(),
                    node.get("Relation Name").asText(),
                    each * node.get("Actual Loops").asDouble()));
        }
        node.path("Plans").forEach(inner -> scans.addAll(scans(inner)));
        return scans;
    }
}
