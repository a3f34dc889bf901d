package io.parix.backup.testkit.contract;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A right store, of which a mutant gets one verb wrong. */
class WrongStore implements ObjectStore {
    final ObjectStore right;

    WrongStore(ObjectStore right) {
        this.right = right;
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        return right.putIfAbsent(key, content, call);
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        return right.get(key, range, call);
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        return right.stat(key, call);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        return right.list(prefix, after, call);
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        return right.delete(keys, call);
    }
}
