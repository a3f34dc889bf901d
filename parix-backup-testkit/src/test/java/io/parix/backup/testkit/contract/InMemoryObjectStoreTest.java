package io.parix.backup.testkit.contract;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.store.Damage;
import io.parix.backup.testkit.store.Fault;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.Verb;
import java.time.InstantSource;
import java.util.Optional;

/** The store in memory is held to what it helps others with. */
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
        for (Verb verb : Verb.values()) {
            store.faults().add(Fault.refuse(verb, new ProviderException(ErrorKind.UNAVAILABLE, "the place is gone")));
        }
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() {
        InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
        store.faults().add(Fault.refuse(Verb.PUT, new ProviderException(ErrorKind.DENIED, "no permission to write")));
        return Optional.of(store);
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
