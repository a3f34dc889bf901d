package io.parix.backup.testkit.contract;

/** The suites of providers and their stores. */
class MutantTest extends BitingSuites {
    MutantTest() {
        super("spi", Suite.PROVIDER, Suite.STORE);
    }
}
