package io.parix.backup.examples.testkit;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.time.InstantSource;

class FirstContractTest implements ObjectStoreContract {
    @Override
    public ObjectStore emptyStore() {
        return new InMemoryObjectStore(InstantSource.system()); // yours goes here
    }

    @Override
    public ByteSize largestWrite() {
        return InMemoryObjectStore.LARGEST_WRITE;
    }
}
