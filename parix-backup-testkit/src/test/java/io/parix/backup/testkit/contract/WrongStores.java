package io.parix.backup.testkit.contract;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wrong stores that need a memory of their own. */
final class WrongStores {
    private WrongStores() {}

    /** Everybody looks, finds nothing, and then writes. */
    static final class RacingStore extends WrongStore {
        private final CyclicBarrier looked = new CyclicBarrier(2);

        RacingStore(ObjectStore right) {
            super(right);
        }

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            if (!key.value().startsWith("race/") || right.stat(key, call).isPresent()) {
                return right.putIfAbsent(key, content, call);
            }
            try {
                looked.await(100, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                looked.reset();
            }
            synchronized (this) {
                right.delete(List.of(key), call);
                return right.putIfAbsent(key, content, call);
            }
        }
    }

    static final class CaseBlindStore extends WrongStore {
        CaseBlindStore(ObjectStore right) {
            super(right);
        }

        private static ObjectKey lower(ObjectKey key) {
            return new ObjectKey(key.value().toLowerCase(Locale.ROOT));
        }

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            return right.putIfAbsent(lower(key), content, call);
        }

        @Override
        public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
            return right.get(lower(key), range, call);
        }

        @Override
        public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
            return right.stat(lower(key), call);
        }
    }

    /** Two readers at once get each other's bytes. */
    static final class SharedFieldStore extends WrongStore {
        private volatile byte[] last = new byte[0];
        private final CyclicBarrier both = new CyclicBarrier(2);

        SharedFieldStore(ObjectStore right) {
            super(right);
        }

        @Override
        public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
            try (InputStream in = right.get(key, range, call)) {
                last = in.readAllBytes();
                if (key.value().startsWith("worker")) {
                    both.await(100, TimeUnit.MILLISECONDS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ProviderException e) {
                throw e;
            } catch (Exception e) {
                both.reset();
            }
            return new ByteArrayInputStream(last);
        }
    }

    static final class StaleListingStore extends WrongStore {
        private final Map<KeyPrefix, ObjectPage> before = new HashMap<>();

        StaleListingStore(ObjectStore right) {
            super(right);
        }

        @Override
        public synchronized ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage now = right.list(prefix, after, call);
            ObjectPage then = after == null ? before.put(prefix, now) : now;
            return then == null ? now : then;
        }
    }

    static final class TombstoneStore extends WrongStore {
        private final Set<ObjectKey> dead = new HashSet<>();

        TombstoneStore(ObjectStore right) {
            super(right);
        }

        @Override
        public synchronized StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            if (dead.contains(key)) {
                throw MutantParts.error(ErrorKind.ALREADY_EXISTS);
            }
            return right.putIfAbsent(key, content, call);
        }

        @Override
        public synchronized Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
            Map<ObjectKey, DeleteOutcome> outcomes = right.delete(keys, call);
            dead.addAll(outcomes.keySet());
            return outcomes;
        }
    }
}
