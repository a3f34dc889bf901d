package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.testkit.host.InMemoryKeys;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Key ports that are wrong on purpose, by what they do; those that are wrong about the keys that wrap are {@link RingMutants}. */
final class KeyMutants {
    private static final Map<String, Function<InMemoryKeys, WrongKeys>> BY_NAME = new LinkedHashMap<>();

    /** What the processes on the same keys were given, where one of them looks at another's. */
    private static final Map<InMemoryKeys, List<DataKey>> GIVEN = Collections.synchronizedMap(new WeakHashMap<>());

    private KeyMutants() {}

    /** {@return every wrong port that there is} */
    static Map<String, Function<InMemoryKeys, WrongKeys>> all() {
        Map<String, Function<InMemoryKeys, WrongKeys>> all = new LinkedHashMap<>(BY_NAME);
        all.putAll(RingMutants.BY_NAME);
        return all;
    }

    /** How opening goes wrong. */
    @FunctionalInterface
    interface WrongOpen {
        Optional<DataKey> open(InMemoryKeys keys, DatabaseId database, WrappedKey wrapped);
    }

    static Function<InMemoryKeys, WrongKeys> opening(WrongOpen wrong) {
        return keys -> new WrongKeys(keys) {
            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return wrong.open(right, database, wrapped);
            }
        };
    }

    private static void open(String mutant, WrongOpen wrong) {
        BY_NAME.put(mutant, opening(wrong));
    }

    /** Gives out something else; what it gives opens as what it was, so that nothing else is wrong with it. */
    private static void giving(String mutant, UnaryOperator<DataKey> wrong) {
        BY_NAME.put(mutant, keys -> new WrongKeys(keys) {
            private final Map<WrappedKey, WrappedKey> inside = new ConcurrentHashMap<>();

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                DataKey other = wrong.apply(key);
                inside.put(other.wrapped(), key.wrapped());
                return other;
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return right.open(database, inside.getOrDefault(wrapped, wrapped))
                        .map(key -> DataKey.of(wrapped, secret(key)));
            }
        });
    }

    /** Gives out what a port has in mind of the data keys that it gave out before. */
    private static void remembering(String mutant, BiFunction<DataKey, DataKey, DataKey> wrong) {
        BY_NAME.put(mutant, keys -> new WrongKeys(keys) {
            private final List<DataKey> first = new CopyOnWriteArrayList<>();

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                first.add(key);
                return wrong.apply(first.get(0), key);
            }
        });
    }

    static byte[] secret(DataKey key) {
        return key.secret().getEncoded();
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }

    static {
        open(
                "KEY-01 what opens is another secret",
                (keys, database, wrapped) ->
                        keys.open(database, wrapped).map(key -> DataKey.of(wrapped, changed(secret(key)))));
        open(
                "KEY-01 what opens is stored as something else",
                (keys, database, wrapped) -> keys.open(database, wrapped)
                        .map(key -> DataKey.of(WrappedKey.of("elsewhere", wrapped.bytes()), secret(key))));
        BY_NAME.put("KEY-01 a data key opens once", keys -> new WrongKeys(keys) {
            private final Set<WrappedKey> opened = ConcurrentHashMap.newKeySet();

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return opened.add(wrapped) ? super.open(database, wrapped) : Optional.empty();
            }
        });
        remembering("KEY-02 one data key is given out all day", (first, key) -> first);
        remembering(
                "KEY-02 one secret is wrapped again and again",
                (first, key) -> DataKey.of(key.wrapped(), secret(first)));
        remembering(
                "KEY-02 one thing is stored of all secrets", (first, key) -> DataKey.of(first.wrapped(), secret(key)));
        threads();
        BY_NAME.put("KEY-02 each process counts from the beginning", keys -> new WrongKeys(keys) {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                List<DataKey> all = GIVEN.computeIfAbsent(right, any -> new CopyOnWriteArrayList<>());
                all.add(key);
                return all.get(count.getAndIncrement());
            }
        });
        forging();
        showing();
        open(
                "KEY-09 every database is the first one",
                (keys, database, wrapped) -> keys.open(new DatabaseId("db-1"), wrapped));
        open(
                "KEY-09 databases are told apart by the beginnings of their names",
                (keys, database, wrapped) ->
                        keys.open(database.value().startsWith("db-1") ? new DatabaseId("db-1") : database, wrapped));
    }

    /** Waits until another thread is as far, or not for long where none is. */
    private static void meet(CyclicBarrier threads) {
        try {
            threads.await(10, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            threads.reset();
        }
    }

    private static void threads() {
        BY_NAME.put("KEY-02 those who ask at once get what the last of them made", keys -> new WrongKeys(keys) {
            private final CyclicBarrier making = new CyclicBarrier(2);
            private volatile DataKey last = super.fresh(new DatabaseId("db-1")).orElseThrow();

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                last = key;
                meet(making);
                return last;
            }
        });
        BY_NAME.put("KEY-10 those who open share what they open", keys -> new WrongKeys(keys) {
            private final CyclicBarrier opening = new CyclicBarrier(2);
            private volatile WrappedKey asked = WrappedKey.of("none", new byte[1]);

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                asked = wrapped;
                meet(opening);
                return super.open(database, asked);
            }
        });
        BY_NAME.put("KEY-10 a port that is busy fails", keys -> new WrongKeys(keys) {
            private final CyclicBarrier working = new CyclicBarrier(2);
            private final AtomicInteger busy = new AtomicInteger();

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                if (busy.incrementAndGet() > 1) {
                    busy.decrementAndGet();
                    throw new IllegalStateException("busy");
                }
                meet(working);
                busy.decrementAndGet();
                return super.open(database, wrapped);
            }
        });
    }

    /** Opens what it has not wrapped as what it once wrapped under the same or another key. */
    private static void tolerant(String mutant, BiFunction<WrappedKey, WrappedKey, Boolean> alike) {
        BY_NAME.put(mutant, keys -> new WrongKeys(keys) {
            private final Set<WrappedKey> known = ConcurrentHashMap.newKeySet();

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                known.add(key.wrapped());
                return key;
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                WrappedKey taken = known.stream()
                        .filter(each -> alike.apply(each, wrapped))
                        .findFirst()
                        .orElse(wrapped);
                return super.open(database, taken).map(key -> DataKey.of(wrapped, secret(key)));
            }
        });
    }

    private static void forging() {
        tolerant("KEY-07 a bit that flipped is not noticed", (known, asked) -> {
            byte[] right = known.bytes();
            byte[] bytes = asked.bytes();
            return right.length == bytes.length
                    && Arrays.equals(right, 0, right.length - 1, bytes, 0, right.length - 1);
        });
        tolerant("KEY-07 what was cut off is not missed", (known, asked) -> {
            byte[] bytes = asked.bytes();
            return bytes.length > 8 && Arrays.equals(bytes, Arrays.copyOf(known.bytes(), bytes.length));
        });
        tolerant("KEY-07 what follows is not looked at", (known, asked) -> {
            byte[] right = known.bytes();
            byte[] bytes = asked.bytes();
            return bytes.length > right.length && Arrays.equals(right, Arrays.copyOf(bytes, right.length));
        });
        tolerant(
                "KEY-07 a key that never was is the one that there is",
                (known, asked) -> known.wrapped().equals(asked.wrapped()));
    }

    private static void showing() {
        giving("KEY-08 a secret lies beside what was made of it", key -> {
            byte[] wrapped = key.wrapped().bytes();
            byte[] both = Arrays.copyOf(wrapped, wrapped.length + DataKey.LENGTH);
            System.arraycopy(secret(key), 0, both, wrapped.length, DataKey.LENGTH);
            return DataKey.of(WrappedKey.of(key.wrapped().id(), both), secret(key));
        });
        giving(
                "KEY-08 a key is named by its secret",
                key -> DataKey.of(
                        WrappedKey.of(
                                "key-" + KeyTrial.secret(key), key.wrapped().bytes()),
                        secret(key)));
        BY_NAME.put("KEY-08 the port's text shows what it gave out", keys -> new WrongKeys(keys) {
            private volatile String last = "";

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                last = Arrays.toString(secret(key));
                return key;
            }

            @Override
            public String toString() {
                return "keys, the last one " + last;
            }
        });
        BY_NAME.put("KEY-08 a refusal shows what would have been right", keys -> new WrongKeys(keys) {
            private volatile String last = "";

            @Override
            DataKey given(DatabaseId database, DataKey key) {
                last = KeyTrial.secret(key);
                return key;
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                try {
                    return super.open(database, wrapped);
                } catch (RuntimeException e) {
                    throw new IllegalStateException("not opened", new IllegalStateException("is not " + last, e));
                }
            }
        });
    }
}
