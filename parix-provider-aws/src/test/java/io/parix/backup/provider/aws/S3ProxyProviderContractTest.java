package io.parix.backup.provider.aws;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.util.Set;

class S3ProxyProviderContractTest implements BackupProviderContract {
    private final StorageLocation location = SharedS3Proxy.location(SharedS3Proxy.newBucket());

    @Override
    public BackupProvider provider() {
        return SharedS3Proxy.provider();
    }

    @Override
    public StorageLocation location() {
        return location;
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("bucket", "region");
    }
}
