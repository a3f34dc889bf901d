package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Catalog;
import java.time.Duration;

/**
 * What the author of a catalog gives the suite: catalogs to try, other processes' ways to them, and a clock that is moved. Each method is
 * called by the test's own thread; the catalogs are called by several at once.
 */
public interface CatalogFixture {
    /**
     * Makes a catalog that holds nothing.
     *
     * @return a catalog of its own for each call, with an installation of its own
     * @throws Exception when it cannot be made
     */
    Catalog emptyCatalog() throws Exception;

    /**
     * Opens a catalog once more, as another process does.
     *
     * @param catalog from {@link #emptyCatalog}
     * @return another way to the same rows; the same object where the catalog lives in one process only
     * @throws Exception when it cannot be opened
     */
    Catalog again(Catalog catalog) throws Exception;

    /**
     * Moves a catalog's clock on. Besides, it may run by itself.
     *
     * @param catalog from {@link #emptyCatalog}
     * @param time how far
     * @throws Exception when it cannot be moved
     */
    void elapse(Catalog catalog, Duration time) throws Exception;
}
