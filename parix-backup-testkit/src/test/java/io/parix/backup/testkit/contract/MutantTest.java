package io.parix.backup.testkit.contract;

import java.util.List;
import java.util.Map;

/** The suites of providers and their stores. */
class MutantTest extends BitingSuites {
    MutantTest() {
        super(
                new Requirements("provider-spi.md", List.of("SPI"), 31),
                Map.of(
                        MutatedProvider.class, ProviderMutants.ALL.keySet(),
                        MutatedStore.class, StoreMutants.all().keySet()));
    }
}
