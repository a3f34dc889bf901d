package io.parix.backup.provider.gcp;

import io.parix.backup.ByteSize;
import io.parix.backup.servers.FaultProxy;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The store on the fake, which knows lost places and missing permissions. */
class FakeStoreContractTest implements ObjectStoreContract {
    private final FakePlace place = new FakePlace();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private int buckets;

    @AfterEach
    void close() {
        place.close();
        proxies.forEach(FaultProxy::close);
    }

    @Override
    public ObjectStore emptyStore() {
        String bucket = "bucket-" + ++buckets;
        prepare(bucket());
        return place.store(bucket, Map.of());
    }

    /** The bucket of the last store that was made. */
    private FakeBucket bucket() {
        return place.server().bucket("bucket-" + buckets);
    }

    /** Sets the bucket up; to be overridden. */
    void prepare(FakeBucket bucket) {}

    @Override
    public Optional<ObjectStore> lostStore() {
        ObjectStore store = place.store();
        FakePlace.put(store, "kept/object", new byte[10]);
        place.server().removeBucket(FakePlace.BUCKET);
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() {
        ObjectStore store = kept();
        place.server().forbid(Set.of("storage.objects.create", "storage.objects.delete"));
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> deniedStore() {
        ObjectStore store = kept();
        place.server().allowOnly(Set.of());
        return Optional.of(store);
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectStore store, ObjectKey key) {
        Instant until = place.server().now().plus(Duration.ofDays(30));
        bucket().retain(key.value(), until);
        return Optional.of(new DeleteOutcome.Locked(until));
    }

    @Override
    public boolean hold(ObjectStore store, ObjectKey key) {
        bucket().hold(key.value(), true, false);
        return true;
    }

    @Override
    public Optional<ObjectStore> throttledStore() {
        ObjectStore store = kept();
        place.server()
                .nextOfAny((request, real) -> FakeAnswer.error(429, "rateLimitExceeded", Map.of("Retry-After", "2")));
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> lostAnswerStore() {
        ObjectStore store = kept();
        place.server().next("objects.insert", FakeGcs.lostAnswer());
        place.server().next("batch", FakeGcs.lostAnswer());
        return Optional.of(store);
    }

    /** What is asked first on a connection of its own reaches the server, and its answer does not come. */
    @Override
    public Optional<ObjectStore> silentStore() {
        var unused = kept();
        FaultProxy proxy = FaultProxy.before(place.server().uri());
        proxies.add(proxy);
        proxy.plan(new FaultProxy.Fault(FaultProxy.Way.ANSWER, FaultProxy.Kind.STALL, 0));
        return Optional.of(place.session(FakePlace.location("bucket-" + buckets, proxy.uri(), Map.of()))
                .objects());
    }

    private ObjectStore kept() {
        ObjectStore store = emptyStore();
        FakePlace.put(store, "kept/object", new byte[10]);
        return store;
    }

    @Override
    public ByteSize largestWrite() {
        return ByteSize.gibibytes(5);
    }
}
