package io.parix.backup.testkit.contract;

/** The suites of a host's ports. */
class HostMutantTest extends BitingSuites {
    HostMutantTest() {
        super("host", Suite.HOST, Suite.IMAGES, Suite.KEYS);
    }
}
