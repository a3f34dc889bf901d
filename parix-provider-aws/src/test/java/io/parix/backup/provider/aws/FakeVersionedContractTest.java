package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.server.FakeBucket;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The same in a bucket that keeps versions, as locks need them: a deleted key is gone, and free. */
class FakeVersionedContractTest extends FakeStoreContractTest {
    @Override
    void prepare(FakeBucket bucket) {
        bucket.keepVersions();
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectStore store, ObjectKey key) {
        Instant until = place.server().now().plus(Duration.ofDays(30));
        bucket().allowLocks();
        bucket().lock(key.value(), until, false);
        return Optional.of(new DeleteOutcome.Locked(until));
    }

    @Override
    public boolean hold(ObjectStore store, ObjectKey key) {
        bucket().allowLocks();
        bucket().lock(key.value(), null, true);
        return true;
    }
}
