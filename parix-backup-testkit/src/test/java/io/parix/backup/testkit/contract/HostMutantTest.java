package io.parix.backup.testkit.contract;

import java.util.List;
import java.util.Map;

/** The suites of a host's ports. */
class HostMutantTest extends BitingSuites {
    HostMutantTest() {
        super(
                new Requirements("host-ports.md", List.of("HST", "IMG"), 48, "host"),
                Map.of(
                        MutatedHost.class, HostMutants.all().keySet(),
                        MutatedImages.class, ImageMutants.all().keySet()));
    }
}
