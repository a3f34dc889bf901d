package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.GaugeReading;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.SegmentBytes;
import io.parix.backup.spi.catalog.SettingRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the tables come to be, and how they come to be today's. */
class SchemaTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private static final int NODES = 4;

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("C11 nodes that start at the same time on an empty database all come up, as one installation")
    void startsTogether(TestPlace place) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            for (int round = 0; round < 3; round++) {
                assertThat(openTogether(place.emptyUrl(), threads)).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> openTogether(String url, ExecutorService threads) throws Exception {
        CyclicBarrier together = new CyclicBarrier(NODES);
        List<Callable<String>> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(() -> {
                try (HikariDataSource pool = TestPlace.pool(url)) {
                    together.await();
                    return JdbcCatalog.open(pool, CatalogSettings.defaults()).installation();
                }
            });
        }
        Set<String> installations = new HashSet<>();
        try (Connection keptOpen = DriverManager.getConnection(url)) {
            assertThat(keptOpen.isValid(1)).isTrue();
            for (Future<String> node : threads.invokeAll(nodes)) {
                installations.add(node.get());
            }
        }
        return installations;
    }

    @ParameterizedTest
    @EnumSource(
            value = TestPlace.class,
            names = {"H2_MEMORY", "H2_FILE"})
    @DisplayName("C11 an H2 whose first node died among its tables comes up, with those that are missing")
    void goesOnAfterACrash(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            Schema.flyway(pool, dialect(pool), MigrationVersion.fromVersion("1"))
                    .migrate();
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table parix_outbox");
                statement.execute("drop table parix_wakeup");
                statement.execute("delete from \"" + Schema.HISTORY_TABLE + "\" where \"version\" = '1'");
            }

            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());

            assertThat(catalog.installation()).matches("[0-9a-f]{32}");
            assertThat(catalog.undelivered(10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("C11 a catalog of every earlier version comes up, step by step, and keeps what it holds")
    void upgrades(TestPlace place) throws Exception {
        List<MigrationVersion> versions = versions(place);
        assertThat(versions).hasSameSizeAs(migrationFiles()).isNotEmpty();
        for (MigrationVersion from : versions) {
            try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
                Dialect dialect = dialect(pool);
                Schema.flyway(pool, dialect, from).migrate();
                fill(pool, from);
                for (MigrationVersion step : versions) {
                    Schema.flyway(pool, dialect, step).migrate();
                }
                holdsEverything(pool, from);
            }
        }
    }

    private static List<MigrationVersion> versions(TestPlace place) throws SQLException {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            return Schema.versions(Schema.flyway(pool, dialect(pool), null));
        }
    }

    private static List<String> migrationFiles() throws IOException {
        Path folder = Path.of("src", "main", "resources", "io", "parix", "backup", "catalog", "jdbc", "migration");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Dialect dialect(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Dialect.of(connection);
        }
    }

    /** What a catalog of that version held; a version without such a file fails here. */
    private static void fill(HikariDataSource pool, MigrationVersion version) throws IOException, SQLException {
        String name = "/upgrade/from-V" + version + ".sql";
        try (InputStream in = SchemaTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : script.replaceAll("(?m)^--.*$", "").split(";\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
        }
    }

    private static void holdsEverything(HikariDataSource pool, MigrationVersion from) throws InterruptedException {
        JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
        assertThat(catalog.installation()).matches("[0-9a-f]{32}");
        assertThat(catalog.history(HistoryQuery.newest(DB, JobKind.BACKUP, 10)))
                .extracting(JobRecord::id)
                .containsExactly("b2", "b1");
        JobRecord running = catalog.find("b2").orElseThrow();
        assertThat(running.requestedAt()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(running.claimed().orElseThrow().fence()).isEqualTo(1_800_000_000_000_000L);
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(running);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b2"));
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "monday")).isEqualTo(catalog.find("b1"));
        assertThat(catalog.needing(DB, "segments/b1/1.seg")).containsExactly("b1");
        assertThat(catalog.undelivered(10))
                .extracting(BackupEvent::failureCode)
                .containsExactly(Optional.of(ErrorCode.REPLICA_SET_REFUSED));
        JobRecord claimed = catalog.claim(running, "w2", Duration.ofMinutes(1));
        assertThat(claimed.claimed().orElseThrow().fence()).isEqualTo(2_900_000_000_000_001L);
        Instant due = Instant.parse("2026-11-24T02:00:00Z");
        Instant look = from.isAtLeast("5") ? due.plusSeconds(300) : due;
        assertThat(catalog.dueSchedules(10))
                .isEqualTo(
                        from.isAtLeast("2")
                                ? List.of(new ScheduleRecord(DB, 7, due, look, "{\"version\":1}"))
                                : List.of());
        long bytes = from.isAtLeast("3") ? 32 << 20 : 0;
        assertThat(catalog.segmentBytes(DB, Set.of("b1"))).isEqualTo(new SegmentBytes(bytes, bytes));
        GaugeReading gauges = catalog.gauges(Duration.ofHours(1));
        assertThat(gauges.stored().bytes()).isEqualTo(bytes);
        assertThat(gauges.fleet().scheduled()).isEqualTo(from.isAtLeast("2") ? 1 : 0);
        assertThat(gauges.fleet().late()).isEqualTo(from.isAtLeast("4") ? 1 : 0);
        assertThat(catalog.databases(null, 10)).containsExactly(DB);
        assertThat(catalog.setting("retention/acme"))
                .isEqualTo(
                        from.isAtLeast("3")
                                ? Optional.of(
                                        new SettingRecord("retention/acme", 3, "{\"version\":1,\"why\":\"Zürich\"}"))
                                : Optional.empty());
        delivers(catalog);
    }

    private static void delivers(JdbcCatalog catalog) throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        try (JdbcDispatcher dispatcher = new JdbcDispatcher(catalog, DispatchBench.OFTEN)) {
            dispatcher.start(
                    Set.of("eu"),
                    job -> {
                        if (job.equals("b2")) {
                            looked.countDown();
                        }
                    },
                    () -> {});
            assertThat(looked.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("I4 tables that a newer version has changed are refused, and opening again what is today's is not")
    void refusesNewer(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            String first = JdbcCatalog.open(pool, CatalogSettings.defaults()).installation();
            assertThat(JdbcCatalog.open(pool, CatalogSettings.defaults()).installation())
                    .isEqualTo(first);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "update \"" + Schema.HISTORY_TABLE + "\" set \"version\" = '999' where \"version\" = '1'");
            }
            assertThatThrownBy(() -> JdbcCatalog.open(pool, CatalogSettings.defaults()))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                        assertThat(e.mistakes()).hasSize(1);
                        assertThat(e.mistakes().get(0).key()).isEqualTo("schema");
                        assertThat(e).hasMessageContaining("999");
                    });
        }
    }
}
