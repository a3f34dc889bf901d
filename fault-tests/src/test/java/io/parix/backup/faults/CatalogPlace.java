package io.parix.backup.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;

/** An opened catalog: H2 connects by itself, PostgreSQL through a pool. */
record CatalogPlace(JdbcCatalog catalog, Runnable disconnect) implements AutoCloseable {
    private static final int CONNECTIONS = 9;

    static CatalogPlace open(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcCatalog own = JdbcCatalog.open(DatabaseUrl.of(url), CatalogSettings.defaults());
            return new CatalogPlace(own, own::close);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(CONNECTIONS);
        HikariDataSource pool = new HikariDataSource(config);
        return new CatalogPlace(JdbcCatalog.open(pool, CatalogSettings.defaults()), pool::close);
    }

    @Override
    public void close() {
        disconnect.run();
    }
}
