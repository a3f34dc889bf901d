package io.parix.backup.testkit.contract;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** The provider in memory is held to what it helps others with. */
@DisplayName("I1 I2 the provider in memory passes the suite that real ones pass")
class InMemoryProviderTest implements BackupProviderContract {
    private final InMemoryProvider provider = new InMemoryProvider(InstantSource.system());

    @Override
    public BackupProvider provider() {
        return provider;
    }

    @Override
    public StorageLocation location() {
        return provider.location("here", KeyPrefix.ROOT);
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("place");
    }

    @Override
    public boolean discovered() {
        return false;
    }
}
