package io.parix.backup.testkit.contract;

import java.util.List;
import java.util.Map;

/** The suites of catalogs and dispatchers. */
class CatalogMutantTest extends BitingSuites {
    CatalogMutantTest() {
        super(
                new Requirements("catalog-spi.md", List.of("CAT", "DSP"), 55),
                Map.of(
                        MutatedCatalog.class, CatalogMutants.all().keySet(),
                        MutatedDispatcher.class, DispatchMutants.all().keySet()));
    }
}
