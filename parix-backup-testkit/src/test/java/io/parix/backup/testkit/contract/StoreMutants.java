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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong on purpose, by what they do. */
final class StoreMutants {
    private final Map<String, UnaryOperator<ObjectStore>> byName = new LinkedHashMap<>();

    /** {@return every wrong store there is} */
    static Map<String, UnaryOperator<ObjectStore>> all() {
        Map<String, UnaryOperator<ObjectStore>> all = new LinkedHashMap<>();
        all.putAll(WriteMutants.MUTANTS.byName);
        all.putAll(ReadMutants.MUTANTS.byName);
        all.putAll(ListingMutants.MUTANTS.byName);
        all.putAll(TroubleMutants.MUTANTS.byName);
        all.putAll(SilenceMutants.MUTANTS.byName);
        return all;
    }

    void add(String name, UnaryOperator<ObjectStore> wrong) {
        byName.put(name, wrong);
    }

    /** How a verb goes wrong. */
    interface Put {
        StoredObject put(ObjectStore right, ObjectKey key, ObjectContent content, CallContext call);
    }

    interface Get {
        InputStream get(ObjectStore right, ObjectKey key, @Nullable ByteRange range, CallContext call);
    }

    interface Stat {
        Optional<StoredObject> stat(ObjectStore right, ObjectKey key, CallContext call);
    }

    interface Listing {
        ObjectPage list(ObjectStore right, KeyPrefix prefix, @Nullable ObjectKey after, CallContext call);
    }

    interface Delete {
        Map<ObjectKey, DeleteOutcome> delete(ObjectStore right, List<ObjectKey> keys, CallContext call);
    }

    void put(String name, Put wrong) {
        byName.put(name, right -> new WrongStore(right) {
            @Override
            public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
                return wrong.put(right, key, content, call);
            }
        });
    }

    void get(String name, Get wrong) {
        byName.put(name, right -> new WrongStore(right) {
            @Override
            public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
                return wrong.get(right, key, range, call);
            }
        });
    }

    void stat(String name, Stat wrong) {
        byName.put(name, right -> new WrongStore(right) {
            @Override
            public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
                return wrong.stat(right, key, call);
            }
        });
    }

    void list(String name, Listing wrong) {
        byName.put(name, right -> new WrongStore(right) {
            @Override
            public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
                return wrong.list(right, prefix, after, call);
            }
        });
    }

    void delete(String name, Delete wrong) {
        byName.put(name, right -> new WrongStore(right) {
            @Override
            public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
                return wrong.delete(right, keys, call);
            }
        });
    }
}
