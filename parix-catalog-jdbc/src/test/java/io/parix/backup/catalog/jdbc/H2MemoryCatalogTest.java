package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.contract.CatalogContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class H2MemoryCatalogTest implements CatalogContract {
    private final CatalogBench bench = new CatalogBench(TestPlace.H2_MEMORY);

    @Override
    public Catalog emptyCatalog() throws Exception {
        return bench.empty();
    }

    @Override
    public Catalog again(Catalog catalog) throws Exception {
        return bench.again(catalog);
    }

    @Override
    public void elapse(Catalog catalog, Duration time) throws Exception {
        bench.elapse(catalog, time);
    }

    @AfterEach
    void close() {
        bench.close();
    }
}
