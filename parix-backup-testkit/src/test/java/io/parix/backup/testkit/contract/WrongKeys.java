package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.Optional;

/** Hands every call on to keys in memory that are right; one more of it is another process. */
class WrongKeys implements KeyPort {
    final InMemoryKeys right;

    WrongKeys(InMemoryKeys right) {
        this.right = right;
    }

    @Override
    public Optional<DataKey> fresh(DatabaseId database) {
        return right.fresh(database).map(key -> given(database, key));
    }

    @Override
    public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
        return right.open(database, wrapped);
    }

    /** Gives out a data key, after whatever is done to it. */
    DataKey given(DatabaseId database, DataKey key) {
        return key;
    }

    /** Has another key wrap. */
    void rotate() {
        right.rotate();
    }
}
