package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.server.FakeBucket;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.BackupProviderContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
        return FakePlace.provider();
    }

    @Override
    public StorageLocation location() {
        return place.location();
    }

    @Override
    public Set<String> requiredSettings() {
        return Set.of("bucket", "region");
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectKey key) {
        Instant until = place.server().now().plus(Duration.ofDays(30));
        FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);
        bucket.allowLocks();
        bucket.lock(key.value(), until, false);
        return Optional.of(new DeleteOutcome.Locked(until));
    }
}
