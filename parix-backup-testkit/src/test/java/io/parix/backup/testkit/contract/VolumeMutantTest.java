package io.parix.backup.testkit.contract;

import java.util.List;
import java.util.Map;

/** The suite of volumes' snapshots. */
class VolumeMutantTest extends BitingSuites {
    VolumeMutantTest() {
        super(
                new Requirements("provider-spi.md", List.of("VOL"), 9),
                Map.of(MutatedVolumes.class, VolumeMutants.ALL.keySet()));
    }
}
