package io.parix.backup.provider.local;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class LocalProviderContractTest implements BackupProviderContract {
    @TempDir
    private Path root;

    @Override
    public BackupProvider provider() {
        return new LocalProvider();
    }

    @Override
    public StorageLocation location() {
        return new StorageLocation(LocalProvider.ID, Map.of("root", root.toString()), KeyPrefix.ROOT);
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("root");
    }
}
