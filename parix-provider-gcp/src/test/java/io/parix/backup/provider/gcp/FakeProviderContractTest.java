package io.parix.backup.provider.gcp;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class FakeProviderContractTest implements BackupProviderContract {
    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    @Override
    public BackupProvider provider() {
        return place.provider();
    }

    @Override
    public StorageLocation location() {
        return place.location();
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("bucket");
    }
}
