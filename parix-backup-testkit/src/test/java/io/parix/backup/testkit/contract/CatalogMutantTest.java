package io.parix.backup.testkit.contract;

/** The suites of catalogs and dispatchers. */
class CatalogMutantTest extends BitingSuites {
    CatalogMutantTest() {
        super("cat", Suite.CATALOG, Suite.DISPATCHER);
    }
}
