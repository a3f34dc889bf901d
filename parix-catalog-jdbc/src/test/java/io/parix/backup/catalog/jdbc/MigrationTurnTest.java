package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The turn among nodes that meet at a database without any table, where the turn's own table is fought over. */
class MigrationTurnTest {
    private static final int NODES = 6;
    private static final int ROUNDS = 40;

    @ParameterizedTest
    @EnumSource(TestPlace.class)
    @DisplayName(
            "C11 nodes that meet at a database without tables have their turns one after another, and all have one")
    void oneAtATime(TestPlace place) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        AtomicInteger turns = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (HikariDataSource pool = TestPlace.pool(place.emptyUrl())) {
            Dialect dialect = dialect(pool);
            CyclicBarrier together = new CyclicBarrier(NODES, () -> forgetTheTable(pool));
            Callable<Void> node = () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    together.await(20, TimeUnit.SECONDS);
                    MigrationTurn.during(pool, dialect, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        turns.incrementAndGet();
                        inside.decrementAndGet();
                    });
                }
                return null;
            };
            List<Callable<Void>> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(node);
            }
            for (Future<Void> done : threads.invokeAll(nodes)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(turns).hasValue(NODES * ROUNDS);
        assertThat(most).hasValue(1);
    }

    private static Dialect dialect(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Dialect.of(connection);
        }
    }

    private static void forgetTheTable(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists parix_catalog_turn");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot drop the table of turns", e);
        }
    }
}
