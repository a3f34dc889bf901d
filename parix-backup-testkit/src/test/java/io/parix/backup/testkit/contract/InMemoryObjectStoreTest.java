package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.fault.Refusal;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.time.InstantSource;
import java.util.Optional;
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
        InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
        Samples.put(store, "kept/object", 1, 10);
        return Optional.of(failing("ObjectStore.*", refused(ErrorKind.UNAVAILABLE, "the place is gone"), store));
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() {
        return Optional.of(failing("putIfAbsent", refused(ErrorKind.DENIED, "no permission to write"), emptyStore()));
    }

    private static ObjectStore failing(String calls, Refusal with, ObjectStore store) {
        Faults faults = Faults.on(InstantSource.system(), time -> {});
        faults.add(fail(calls).with(with));
        return faults.before(ObjectStore.class, store);
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
