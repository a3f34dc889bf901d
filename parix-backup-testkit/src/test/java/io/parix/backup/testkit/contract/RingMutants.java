package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.KeyMutants.opening;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Key ports that are wrong about the keys that wrap: those that were rotated away, destroyed, or cannot be reached. */
final class RingMutants {
    static final Map<String, Function<InMemoryKeys, WrongKeys>> BY_NAME = new LinkedHashMap<>();

    private RingMutants() {}

    /** Has in mind what it gave out or opened, and what the last key was called. */
    private static class Mindful extends WrongKeys {
        final Map<WrappedKey, DataKey> known = new ConcurrentHashMap<>();
        volatile String last = "";

        Mindful(InMemoryKeys right) {
            super(right);
        }

        @Override
        DataKey given(DatabaseId database, DataKey key) {
            known.put(key.wrapped(), key);
            last = key.wrapped().id();
            return key;
        }
    }

    /** Answers, where that fails, as it likes. */
    private static Optional<DataKey> or(Supplier<Optional<DataKey>> right, Supplier<Optional<DataKey>> wrong) {
        try {
            return right.get();
        } catch (IllegalStateException e) {
            return wrong.get();
        }
    }

    static {
        BY_NAME.put("KEY-03 a rotation changes nothing", keys -> new WrongKeys(keys) {
            @Override
            void rotate() {}
        });
        BY_NAME.put("KEY-03 only what the newest key wrapped opens", keys -> new Mindful(keys) {
            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return wrapped.id().equals(last) ? super.open(database, wrapped) : Optional.empty();
            }
        });
        BY_NAME.put("KEY-04 each process opens what it gave out", keys -> new Mindful(keys) {
            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return Optional.ofNullable(known.get(wrapped));
            }
        });
        BY_NAME.put("KEY-04 a process knows the keys that there were when it began", keys -> new WrongKeys(keys) {
            private final String began = keys.fresh(new DatabaseId("db-1"))
                    .map(key -> key.wrapped().id())
                    .orElseThrow();

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return wrapped.id().equals(began) ? super.open(database, wrapped) : Optional.empty();
            }
        });
        losing();
        reaching();
        clearing();
    }

    private static void losing() {
        BY_NAME.put("KEY-05 a destroyed key is an error", opening((keys, database, wrapped) -> {
            Optional<DataKey> opened = keys.open(database, wrapped);
            if (opened.isEmpty()) {
                throw new IllegalStateException("no such key");
            }
            return opened;
        }));
        BY_NAME.put("KEY-05 a destroyed key lives on in the process", keys -> new Mindful(keys) {
            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return known.containsKey(wrapped) ? Optional.of(known.get(wrapped)) : super.open(database, wrapped);
            }
        });
        BY_NAME.put("KEY-05 with one key all those before it are lost", keys -> new WrongKeys(keys) {
            private final Set<String> lost = ConcurrentHashMap.newKeySet();

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                Optional<DataKey> opened = super.open(database, wrapped);
                if (opened.isEmpty()) {
                    lost.add(wrapped.id());
                }
                return lost.stream().anyMatch(each -> each.compareTo(wrapped.id()) >= 0) ? Optional.empty() : opened;
            }
        });
        BY_NAME.put("KEY-05 after a loss nothing is sealed", keys -> new WrongKeys(keys) {
            private volatile boolean lost;

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                Optional<DataKey> opened = super.open(database, wrapped);
                lost |= opened.isEmpty();
                return opened;
            }

            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return lost ? Optional.empty() : super.fresh(database);
            }
        });
    }

    private static void reaching() {
        BY_NAME.put(
                "KEY-06 what cannot be reached is lost",
                opening((keys, database, wrapped) -> or(() -> keys.open(database, wrapped), Optional::empty)));
        BY_NAME.put("KEY-06 without its keys a port seals nothing", keys -> new WrongKeys(keys) {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return or(() -> super.fresh(database), Optional::empty);
            }
        });
        BY_NAME.put("KEY-06 without its keys a port gives out the last data key again", keys -> new Mindful(keys) {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return or(
                        () -> super.fresh(database),
                        () -> known.values().stream().findFirst());
            }
        });
        BY_NAME.put("KEY-06 what failed once fails for ever", keys -> new WrongKeys(keys) {
            private volatile boolean failed;

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                failed = failed
                        || or(() -> super.open(database, wrapped), Optional::empty)
                                .isEmpty();
                if (failed) {
                    throw new IllegalStateException("no connection");
                }
                return super.open(database, wrapped);
            }
        });
        BY_NAME.put("KEY-06 an error says nothing", opening((keys, database, wrapped) -> {
            try {
                return keys.open(database, wrapped);
            } catch (IllegalStateException e) {
                throw new IllegalStateException("", e);
            }
        }));
    }

    private static void clearing() {
        BY_NAME.put("KEY-11 there being nothing to seal is an error", keys -> new WrongKeys(keys) {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return Optional.of(
                        super.fresh(database).orElseThrow(() -> new IllegalStateException("no key is in use")));
            }
        });
        BY_NAME.put("KEY-11 what lies in the clear is sealed under the last data key", keys -> new Mindful(keys) {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return super.fresh(database).or(() -> known.values().stream().findFirst());
            }
        });
        BY_NAME.put(
                "KEY-11 what seals nothing opens nothing",
                opening((keys, database, wrapped) ->
                        keys.fresh(database).flatMap(any -> keys.open(database, wrapped))));
    }
}
