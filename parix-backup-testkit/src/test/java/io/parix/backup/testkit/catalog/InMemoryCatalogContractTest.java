package io.parix.backup.testkit.catalog;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.contract.CatalogContract;
import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;

@DisplayName("I2 the catalog in memory passes the suite that real ones pass")
class InMemoryCatalogContractTest implements CatalogContract {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00.123456789Z"));

    @Override
    public Catalog emptyCatalog() {
        return new InMemoryCatalog(clock);
    }

    @Override
    public Catalog again(Catalog catalog) {
        return catalog;
    }

    @Override
    public void elapse(Catalog catalog, Duration time) {
        clock.advance(time);
    }
}
