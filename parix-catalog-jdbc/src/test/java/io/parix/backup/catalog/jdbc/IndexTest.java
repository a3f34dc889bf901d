package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.SegmentBytes;
import io.parix.backup.spi.catalog.StepProgress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists go along indexes, once there is something to be listed. */
class IndexTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName(
            "J5 history, what is due, and who needs a segment are read along an index, and no table from end to end")
    void indexes(TestPlace place) throws SQLException {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            RecordedSource recorded = new RecordedSource(pool);
            JdbcCatalog catalog = JdbcCatalog.open(recorded.source(), CatalogSettings.defaults());
            IntStream.range(0, 30).forEach(i -> fill(catalog, new DatabaseId("db-" + i)));
            analyze(pool);

            HistoryQuery newest = HistoryQuery.newest(new DatabaseId("db-7"), JobKind.BACKUP, 10);
            List<JobRecord> page = catalog.history(newest);
            assertThat(page).hasSize(10);
            assertIndexed(recorded.plan("order by requested_at desc"), "parix_job_history");
            HistoryQuery range = newest.within(new HistoryQuery.Range(NOON, NOON.plusSeconds(50)));
            assertThat(catalog.history(range.after(page.get(9)))).hasSize(10);
            assertIndexed(recorded.plan("order by requested_at desc"), "parix_job_history");

            catalog.due(DueQuery.everywhere(10));
            assertIndexed(recorded.plan("look_again_at <="), "parix_job_due");
            assertThat(catalog.needing(new DatabaseId("db-7"), "segments/3")).hasSize(1);
            String needing = recorded.plan("from parix_segment where");
            assertThat(needing).containsIgnoringCase("segment").doesNotContainIgnoringCase("seq scan");
            assertThat(needing).doesNotContain(".tableScan");

            assertThat(catalog.databases(new DatabaseId("db-1"), 3)).hasSize(3);
            assertIndexed(planOfNextDatabase(pool), "parix_job_history");
            assertThat(catalog.unshared("db-7-b3")).containsExactly("segments/3");
            assertIndexed(recorded.plan("not exists"), "parix_segment_job");
            Set<String> jobs = Set.of("db-7-b3", "db-7-b4", "db-8-b3");
            assertThat(catalog.segmentBytes(new DatabaseId("db-7"), jobs)).isEqualTo(new SegmentBytes(2, 2));
            assertIndexed(recorded.plan("as each_segment"), "parix_segment");
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName(
            "J1 J5 gauges are read along slots, what is due and schedules, and not through the history or the segments")
    void gauges(TestPlace place) throws SQLException {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            RecordedSource recorded = new RecordedSource(pool);
            JdbcCatalog catalog = JdbcCatalog.open(recorded.source(), CatalogSettings.defaults());
            IntStream.range(0, 30).forEach(i -> fill(catalog, new DatabaseId("db-" + i)));
            for (int i = 0; i < 30; i += 3) {
                catalog.write(
                        ScheduleWrite.of(new ScheduleRecord(new DatabaseId("db-" + i), 0, NOON.plusSeconds(i), "{}")));
            }
            analyze(pool);

            assertThat(catalog.gauges(Duration.ofDays(2)).fleet().scheduled()).isEqualTo(10);
            for (String query : List.of("from parix_slot", "group by kind", "each_schedule", "from parix_stored")) {
                assertThat(recorded.plan(query))
                        .as(query)
                        .doesNotContain("Seq Scan on parix_job")
                        .doesNotContain("PARIX_JOB.tableScan")
                        .doesNotContainIgnoringCase("parix_segment");
            }
            assertThat(recorded.plan("each_schedule")).containsIgnoringCase("parix_job_history");
            assertThat(recorded.plan("group by kind")).containsIgnoringCase("parix_job_due");
        }
    }

    /** H2 does not tell how it runs what a recursion repeats, so the repeated query is asked about by itself. */
    private static String planOfNextDatabase(HikariDataSource pool) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain " + JobLists.nextDatabase("'db-1'"))) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static void assertIndexed(String plan, String index) {
        assertThat(plan).containsIgnoringCase(index);
        assertThat(plan).doesNotContainIgnoringCase("seq scan").doesNotContain(".tableScan");
    }

    private static void fill(JdbcCatalog catalog, DatabaseId database) {
        Set<String> taken = catalog.adopt(IntStream.range(0, 100)
                .mapToObj(i -> new AdoptedJob(row(database, i), Map.of("segments/" + i, 1L)))
                .toList());
        assertThat(taken).hasSize(100);
    }

    private static JobRecord row(DatabaseId database, int number) {
        return new JobRecord(
                database + "-b" + number,
                5,
                JobKind.BACKUP,
                database,
                "eu",
                JobStatus.COMPLETED,
                "completed",
                1,
                NOON.plusSeconds(number),
                null,
                null,
                0,
                StepProgress.NONE,
                "{}");
    }

    private static void analyze(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }
}
