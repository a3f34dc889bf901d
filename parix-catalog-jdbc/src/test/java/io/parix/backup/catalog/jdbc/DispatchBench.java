package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.Dispatcher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dispatchers on one catalog of a test's own. */
final class DispatchBench implements AutoCloseable {
    static final DispatchSettings OFTEN = DispatchSettings.builder()
            .pollEvery(Duration.ofMillis(50))
            .tickEvery(Duration.ofMillis(50))
            .build();

    private final CatalogBench catalogs;
    private @Nullable JdbcCatalog catalog;

    DispatchBench(TestPlace place) {
        this.catalogs = new CatalogBench(place);
    }

    void open() throws SQLException {
        catalog = catalogs.empty();
    }

    JdbcCatalog catalog() {
        return Objects.requireNonNull(catalog);
    }

    Dispatcher dispatcher() {
        return new JdbcDispatcher(catalog(), OFTEN);
    }

    /** That of another process: it has connections of its own. */
    Dispatcher another() throws SQLException {
        return new JdbcDispatcher(catalogs.again(catalog()), OFTEN);
    }

    @Override
    public void close() {
        catalogs.close();
    }
}
