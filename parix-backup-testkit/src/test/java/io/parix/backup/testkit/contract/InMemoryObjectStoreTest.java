package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

/** The store in memory is held to what it helps others with. */
@DisplayName("I1 I2 the store in memory passes the suite that real ones pass")
class InMemoryObjectStoreTest implements ObjectStoreContract {
    @Override
    public ObjectStore emptyStore() {
        return new InMemoryObjectStore(InstantSource.system());
    }

    @Override
    public Optional<ObjectStore> fullStore(ByteSize room) {
        InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
        store.limitTo(room);
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> lostStore() {
        return Optional.of(
                behind(holding(), fail("ObjectStore.*").with(refused(ErrorKind.UNAVAILABLE, "the place is gone"))));
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() {
        return Optional.of(behind(
                holding(),
                fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no permission to write")),
                strike("ObjectStore.delete").with(Effect.keep(refused(ErrorKind.DENIED, "no permission to delete")))));
    }

    @Override
    public Optional<ObjectStore> deniedStore() {
        return Optional.of(behind(holding(), fail("ObjectStore.*").with(refused(ErrorKind.DENIED, "no permission"))));
    }

    @Override
    public Optional<ObjectStore> throttledStore() {
        return Optional.of(behind(holding(), fail("ObjectStore.*", nth(1)).with(throttled(Duration.ofSeconds(3)))));
    }

    @Override
    public Optional<ObjectStore> lostAnswerStore() {
        return Optional.of(behind(
                holding(),
                strike("putIfAbsent", nth(1)).with(Effect.lostAnswer()),
                strike("ObjectStore.delete", nth(1)).with(Effect.lostAnswer())));
    }

    @Override
    public Optional<ObjectStore> silentStore() {
        return Optional.of(behind(holding(), strike("ObjectStore.*", nth(1)).with(Effect.of("is not answered", call -> {
            Object answer = call.proceed();
            if (answer instanceof InputStream open) {
                open.close();
            }
            boolean changes =
                    Set.of("ObjectStore.putIfAbsent", "ObjectStore.delete").contains(call.name());
            throw new ProviderException(
                    changes ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.CANCELLED, "no answer until the deadline");
        }))));
    }

    private ObjectStore holding() {
        ObjectStore store = emptyStore();
        Samples.put(store, "kept/object", 1, 10);
        return store;
    }

    private static ObjectStore behind(ObjectStore store, Fault... each) {
        Faults faults = Faults.on(InstantSource.system(), time -> {});
        List.of(each).forEach(faults::add);
        return faults.before(ObjectStore.class, store);
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(ObjectStore store, ObjectKey key) {
        return Optional.of(locked(store, key, Instant.now().plus(Duration.ofDays(1))));
    }

    @Override
    public boolean hold(ObjectStore store, ObjectKey key) {
        return locked(store, key, null).end().isEmpty();
    }

    private static DeleteOutcome.Locked locked(ObjectStore store, ObjectKey key, @Nullable Instant until) {
        InMemoryObjectStore place = (InMemoryObjectStore) store;
        place.allowLocks();
        place.lock(key, until);
        return new DeleteOutcome.Locked(until);
    }

    @Override
    public boolean truncate(ObjectStore store, ObjectKey key) {
        ((InMemoryObjectStore) store).damage(key, Damage.truncate(1 << 20));
        return true;
    }

    @Override
    public ByteSize largestWrite() {
        return InMemoryObjectStore.LARGEST_WRITE;
    }
}
