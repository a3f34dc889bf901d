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
import java.util.concurrent.ConcurrentHashMap;
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

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName("B4 B7 what hangs in a live process and was asked for again is delivered again, once that is long ago")
    void hanging(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
            Instant now = catalog.now();
            picked(catalog, "hangs", now.plusSeconds(3_600));
            picked(catalog, "asked-just-now", now.plusSeconds(3_600));
            askedAgain(catalog, "hangs", now.minusSeconds(5));
            askedAgain(catalog, "asked-just-now", now.plusSeconds(3_600));
            Queue<String> jobs = new ConcurrentLinkedQueue<>();
            CountDownLatch looked = new CountDownLatch(1);
            try (Dispatcher dispatcher = new JdbcDispatcher(catalog, SHORT_LIVED)) {
                dispatcher.start(
                        Set.of(),
                        job -> {
                            jobs.add(job);
                            looked.countDown();
                        },
                        () -> {});
                looked.await();
            }
            assertThat(jobs).containsExactly("hangs");
            assertThat(rows(catalog)).extracting(Row::job).containsExactly("asked-just-now");
        }
    }

    private static void askedAgain(JdbcCatalog catalog, String job, Instant at) {
        int asked = catalog.database()
                .run(
                        "ask again",
                        session -> session.update(
                                "update parix_wakeup set again_at = ? where task_instance = ?", at, job));
        assertThat(asked).isEqualTo(1);
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
    @DisplayName("J5 no more jobs are looked at at once than there are workers, and all get their turn")
    void bounded(TestPlace place) throws Exception {
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            JdbcCatalog catalog = JdbcCatalog.open(pool, CatalogSettings.defaults());
            int workers = SHORT_LIVED.workers();
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Set<String> looked = ConcurrentHashMap.newKeySet();
            CountDownLatch all = new CountDownLatch(20);
            CountDownLatch full = new CountDownLatch(workers);
            CountDownLatch ticks = new CountDownLatch(5);
            CountDownLatch release = new CountDownLatch(1);
            try (Dispatcher dispatcher = new JdbcDispatcher(catalog, SHORT_LIVED)) {
                dispatcher.start(
                        Set.of(),
                        job -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            full.countDown();
                            await(release);
                            running.decrementAndGet();
                            if (looked.add(job)) {
                                all.countDown();
                            }
                        },
                        () -> {
                            if (full.getCount() == 0) {
                                ticks.countDown();
                            }
                        });
                for (int i = 0; i < 20; i++) {
                    dispatcher.wake(new Wake("b" + i, "eu", catalog.now()));
                }
                full.await();
                // While every worker is held, the poller has looked for more several times.
                ticks.await();
                assertThat(running).hasValue(workers);
                release.countDown();
                all.await();
            }
            assertThat(most).hasValue(workers);
            assertThat(rows(catalog)).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
