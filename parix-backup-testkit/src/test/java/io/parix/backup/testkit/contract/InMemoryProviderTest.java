package io.parix.backup.testkit.contract;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** The provider in memory is held to what it helps others with. */
@DisplayName("I1 I2 the provider in memory passes the suite that real ones pass")
class InMemoryProviderTest implements BackupProviderContract {
    private final InMemoryProvider provider = new InMemoryProvider(InstantSource.system());

    InMemoryProviderTest() {
        provider.place("here").allowLocks();
    }

    @Override
    public BackupProvider provider() {
        return provider;
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectKey key) {
        Instant until = Instant.now().plus(Duration.ofDays(1));
        provider.place("here").lock(key, until);
        return Optional.of(new DeleteOutcome.Locked(until));
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
