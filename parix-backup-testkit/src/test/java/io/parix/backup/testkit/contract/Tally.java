package io.parix.backup.testkit.contract;

import io.parix.backup.spi.BackupProvider;
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
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.VolumeSnapshots;
import java.io.InputStream;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the suites ask of places that are right, test by test, and the kinds of errors that come of it. The launched suites make their places
 * themselves, so there is one tally for all.
 */
final class Tally {
    /** Runs a suite as an author does to whom every call is dear. */
    static final String NAME = "counted";

    private static final Tally ONE = new Tally();

    private final Map<String, Count> byTest = new LinkedHashMap<>();
    private final Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
    private Count current = new Count(Thread.currentThread());

    /** The calls of one test. */
    private static final class Count {
        private final Thread own;
        private long alone;
        private long together;
        private long waits;

        Count(Thread own) {
            this.own = own;
        }

        /** How long they take, in calls: those of other threads are made by as many at once as there are lanes. */
        long inTurn() {
            return alone + (together + Samples.LANES - 1) / Samples.LANES;
        }
    }

    private Tally() {}

    /** Forgets everything. */
    static void reset() {
        synchronized (ONE) {
            ONE.byTest.clear();
            ONE.kinds.clear();
        }
    }

    /** Counts for another test from now on. */
    static void begin(String test) {
        synchronized (ONE) {
            ONE.current = new Count(Thread.currentThread());
            ONE.byTest.put(test, ONE.current);
        }
    }

    /** Counts a wait for what was asked for. */
    static void pass() {
        synchronized (ONE) {
            ONE.current.waits++;
        }
    }

    static long calls() {
        synchronized (ONE) {
            return ONE.byTest.values().stream()
                    .mapToLong(each -> each.alone + each.together)
                    .sum();
        }
    }

    static long inTurn() {
        synchronized (ONE) {
            return ONE.byTest.values().stream().mapToLong(Count::inTurn).sum();
        }
    }

    static long longest() {
        synchronized (ONE) {
            return ONE.byTest.values().stream().mapToLong(Count::inTurn).max().orElse(0);
        }
    }

    static long waits() {
        synchronized (ONE) {
            return ONE.byTest.values().stream().mapToLong(each -> each.waits).sum();
        }
    }

    /** The kinds of errors that were thrown, or told as outcomes. */
    static Set<ErrorKind> kinds() {
        synchronized (ONE) {
            return Set.copyOf(ONE.kinds);
        }
    }

    private static <T> T count(Supplier<T> call) {
        synchronized (ONE) {
            if (Thread.currentThread().equals(ONE.current.own)) {
                ONE.current.alone++;
            } else {
                ONE.current.together++;
            }
        }
        try {
            T answer = call.get();
            if (answer instanceof DeleteOutcome outcome) {
                note(List.of(outcome));
            }
            return answer;
        } catch (ProviderException e) {
            note(e.kind());
            throw e;
        }
    }

    private static void note(Collection<DeleteOutcome> outcomes) {
        for (DeleteOutcome each : outcomes) {
            if (each instanceof DeleteOutcome.Failed failed) {
                note(failed.kind());
            } else if (each instanceof DeleteOutcome.Locked) {
                note(ErrorKind.LOCKED);
            }
        }
    }

    private static void note(ErrorKind kind) {
        synchronized (ONE) {
            ONE.kinds.add(kind);
        }
    }

    static WrongStore store(ObjectStore right) {
        return new CountedStore(right);
    }

    static WrongSnapshots volumes(VolumeSnapshots right) {
        return new CountedSnapshots(right);
    }

    static BackupProvider provider(BackupProvider right) {
        return new ProviderMutants.WrongProvider(right) {
            @Override
            public ProviderSession open(StorageLocation location) {
                return new CountedSession(count(() -> right.open(location)));
            }
        };
    }

    private static final class CountedSession extends ProviderMutants.WrongSession {
        private final ProviderSession right;

        CountedSession(ProviderSession right) {
            super(right);
            this.right = right;
        }

        @Override
        public ObjectStore objects() {
            return store(right.objects());
        }

        @Override
        public Optional<VolumeSnapshots> snapshots() {
            return right.snapshots().map(Tally::volumes);
        }
    }

    private static final class CountedStore extends WrongStore {
        CountedStore(ObjectStore right) {
            super(right);
        }

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            return count(() -> right.putIfAbsent(key, content, call));
        }

        @Override
        public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
            return count(() -> right.get(key, range, call));
        }

        @Override
        public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
            return count(() -> right.stat(key, call));
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            return count(() -> right.list(prefix, after, call));
        }

        @Override
        public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
            Map<ObjectKey, DeleteOutcome> outcomes = count(() -> right.delete(keys, call));
            note(outcomes.values());
            return outcomes;
        }
    }

    private static final class CountedSnapshots extends WrongSnapshots {
        CountedSnapshots(VolumeSnapshots right) {
            super(right);
        }

        @Override
        public Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
            return count(() -> right.request(name, volume, labels, call));
        }

        @Override
        public Snapshot describe(String name, CallContext call) {
            return count(() -> right.describe(name, call));
        }

        @Override
        public DeleteOutcome delete(String name, CallContext call) {
            return count(() -> right.delete(name, call));
        }

        @Override
        public List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
            return count(() -> right.list(labels, after, call));
        }

        @Override
        public Optional<String> materialize(VolumeRequest wanted, CallContext call) {
            return count(() -> right.materialize(wanted, call));
        }

        @Override
        public DeleteOutcome deleteVolume(String name, CallContext call) {
            return count(() -> right.deleteVolume(name, call));
        }

        @Override
        public List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
            return count(() -> right.volumes(labels, after, call));
        }
    }
}
