package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rows of the wake-ups say. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JdbcDispatcherTest {
    private static final DispatchSettings SHORT_LIVED = DispatchSettings.builder()
            .pollEvery(Duration.ofMillis(50))
            .tickEvery(Duration.ofMillis(50))
            .deadAfter(Duration.ofSeconds(4))
            .build();

    private record Row(String task, String job, boolean picked, Instant at) {}

    private static List<Row> rows(JdbcCatalog catalog) {
        return catalog.database()
                .run(
                        "look",
                        session -> session.list(
                                "select task_name, task_instance, picked, execution_time from parix_wakeup order by task_instance",
                                row -> new Row(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getBoolean(3),
                                        Session.instant(row, 4))));
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("B4 there is one row per job, moved to the earliest instant, in the name of its region")
    void oneRow(TestPlace place) {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
            JdbcDispatcher dispatcher = new JdbcDispatcher(catalog, DispatchSettings.defaults());
            Instant hour = catalog.now().plusSeconds(3_600);
            dispatcher.wake(new Wake("b1", "eu", hour));
            dispatcher.wake(new Wake("b1", "eu", hour.minusSeconds(60)));
            dispatcher.wake(new Wake("b1", "eu", hour.plusSeconds(60)));
            dispatcher.wake(new Wake("b2", "us", hour));
            assertThat(rows(catalog))
                    .containsExactly(
                            new Row("parix-job:eu", "b1", false, hour.minusSeconds(60)),
                            new Row("parix-job:us", "b2", false, hour));
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("B4 what was delivered to a process that died is delivered again; what a live one looks at is not")
    void dead(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
            Instant now = catalog.now();
            picked(catalog, "left-by-a-dead-one", now.minusSeconds(5));
            picked(catalog, "held-by-a-live-one", now.plusSeconds(3_600));
            CountDownLatch looked = new CountDownLatch(2);
            Queue<String> jobs = new ConcurrentLinkedQueue<>();
            try (Dispatcher dispatcher = new JdbcDispatcher(catalog, SHORT_LIVED)) {
                dispatcher.start(
                        Set.of(),
                        job -> {
                            jobs.add(job);
                            looked.countDown();
                        },
                        () -> {});
                dispatcher.wake(new Wake("other", "eu", now));
                looked.await();
            }
            assertThat(jobs).containsExactlyInAnyOrder("left-by-a-dead-one", "other");
            assertThat(rows(catalog)).extracting(Row::job).containsExactly("held-by-a-live-one");
        }
    }

    private static void picked(JdbcCatalog catalog, String job, Instant heartbeat) {
        int inserted = catalog.database()
                .run(
                        "pick",
                        session -> session.update(
                                "insert into parix_wakeup (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,"
                                        + " version) values ('parix-job:eu', ?, ?, true, 'another process', ?, 2)",
                                job,
                                heartbeat,
                                heartbeat));
        assertThat(inserted).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("J5 no more jobs are looked at at once than there are workers, and all get their turn, once")
    void bounded(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger looks = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(40);
            Dispatcher dispatcher = new JdbcDispatcher(catalog, SHORT_LIVED);
            Dispatcher other = new JdbcDispatcher(catalog, SHORT_LIVED);
            try (dispatcher;
                    other) {
                for (Dispatcher each : List.of(dispatcher, other)) {
                    each.start(
                            Set.of(),
                            job -> {
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                looks.incrementAndGet();
                                running.decrementAndGet();
                                all.countDown();
                            },
                            () -> {});
                }
                for (int i = 0; i < 40; i++) {
                    dispatcher.wake(new Wake("b" + i, "eu", catalog.now()));
                }
                all.await();
            }
            assertThat(most.get()).isBetween(1, 4);
            assertThat(looks).as("two processes share the wake-ups").hasValue(40);
            assertThat(rows(catalog)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("B4 a wake-up that the database does not take is left to the tick, and no caller's trouble")
    void databaseGone(TestPlace place) throws SQLException {
        HikariDataSource pool = TestPlace.pool(place.emptyUrl());
        JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
        Instant now = catalog.now();
        pool.close();
        new JdbcDispatcher(catalog, DispatchSettings.defaults()).wake(new Wake("b1", "eu", now));
        assertThat(pool.isClosed()).isTrue();
    }
}
