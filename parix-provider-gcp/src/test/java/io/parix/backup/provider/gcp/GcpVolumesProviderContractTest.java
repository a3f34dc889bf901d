package io.parix.backup.provider.gcp;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract of providers, with snapshots of volumes claimed. */
class GcpVolumesProviderContractTest implements BackupProviderContract {
    private final FakeVolumes volumes = new FakeVolumes();

    @AfterEach
    void close() {
        volumes.close();
    }

    @Override
    public BackupProvider provider() {
        return volumes.provider();
    }

    @Override
    public StorageLocation location() {
        return volumes.location();
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("bucket", "compute-project");
    }
}
