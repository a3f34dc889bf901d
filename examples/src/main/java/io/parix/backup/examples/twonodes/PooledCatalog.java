package io.parix.backup.examples.twonodes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;

/**
 * The catalog on connections of a pool, as a host with a database server has it.
 *
 * @param pool the host's pool, closed after the catalog
 * @param catalog the catalog
 */
record PooledCatalog(HikariDataSource pool, JdbcCatalog catalog) implements AutoCloseable {
    /** One for each worker, four for dispatch, and two for who asks. */
    private static final int CONNECTIONS = 8;

    private static final int PATIENCE_MILLIS = 5_000;

    static PooledCatalog open(DatabaseUrl place) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(place.url());
        config.setUsername(place.user());
        config.setPassword(place.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        // A database that does not answer is for the catalog to tell, in its own words.
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return new PooledCatalog(pool, JdbcCatalog.open(pool, CatalogSettings.defaults()));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public void close() {
        catalog.close();
        pool.close();
    }
}
