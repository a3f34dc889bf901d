package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import java.time.Duration;

/**
 * The limits of a {@link JdbcCatalog}. Mistakes are reported all at once.
 *
 * @param queryTimeout how long one statement may take before the database cancels it, whole seconds, 1 second to 5 minutes;
 *     default 30 seconds
 * @param connectTimeout how long connecting may take where the catalog connects by itself, whole seconds, 1 second to 5
 *     minutes; default 10 seconds. A data source that is handed in has its own
 */
public record CatalogSettings(Duration queryTimeout, Duration connectTimeout) {
    /**
     * Checks every bound.
     *
     * @throws ConfigurationException listing every setting that is out of its bounds
     */
    public CatalogSettings {
        Bounds bounds = new Bounds("the catalog");
        bounds.seconds("queryTimeout", queryTimeout, Duration.ofMinutes(5));
        bounds.seconds("connectTimeout", connectTimeout, Duration.ofMinutes(5));
        bounds.raise();
    }

    /** {@return the defaults} */
    public static CatalogSettings defaults() {
        return new CatalogSettings(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
