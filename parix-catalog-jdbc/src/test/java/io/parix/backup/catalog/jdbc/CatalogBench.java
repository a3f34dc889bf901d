package io.parix.backup.catalog.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.spi.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Catalogs on a database whose clock a test moves: the database adds what a table of the test's says. */
final class CatalogBench implements AutoCloseable {
    private final Supplier<String> place;
    private final Map<Catalog, HikariDataSource> pools = new HashMap<>();

    CatalogBench(TestPlace place) {
        this(place::emptyUrl);
    }

    CatalogBench(Supplier<String> place) {
        this.place = place;
    }

    JdbcCatalog empty() throws SQLException {
        HikariDataSource pool = TestPlace.pool(place.get());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table test_clock (shift bigint)");
            statement.execute("insert into test_clock values (0)");
        }
        return open(pool);
    }

    JdbcCatalog again(Catalog catalog) throws SQLException {
        return open(TestPlace.pool(pool(catalog).getJdbcUrl()));
    }

    DataSource source(Catalog catalog) {
        return pool(catalog);
    }

    private HikariDataSource pool(Catalog catalog) {
        HikariDataSource pool = pools.get(catalog);
        if (pool == null) {
            throw new IllegalArgumentException("not a catalog of this bench");
        }
        return pool;
    }

    void elapse(Catalog catalog, Duration time) throws SQLException {
        try (Connection connection = pool(catalog).getConnection();
                PreparedStatement move = connection.prepareStatement("update test_clock set shift = shift + ?")) {
            move.setLong(1, time.toNanos() / 1_000);
            move.executeUpdate();
        }
    }

    private JdbcCatalog open(HikariDataSource pool) throws SQLException {
        JdbcCatalog catalog = JdbcCatalog.open(pool, moved(pool), CatalogSettings.defaults());
        pools.put(catalog, pool);
        return catalog;
    }

    private static Dialect moved(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Dialect real = Dialect.of(connection);
            String shift = "(select shift from test_clock)";
            return new Dialect(
                    real.product(),
                    real.product() == Dialect.Product.H2
                            ? "dateadd(microsecond, " + shift + ", " + real.clock() + ")"
                            : "(" + real.clock() + " + " + shift + " * interval '1 microsecond')");
        }
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
