package io.parix.backup.testkit.contract;

/** The suite of volumes' snapshots. */
class VolumeMutantTest extends BitingSuites {
    VolumeMutantTest() {
        super("vol", Suite.VOLUMES);
    }
}
