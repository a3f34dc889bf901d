package io.parix.backup.testkit.contract;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong on purpose, each named for what it does and the requirement that it breaks. */
final class StoreMutants {
    static final Map<String, UnaryOperator<ObjectStore>> ALL = new LinkedHashMap<>();

    private StoreMutants() {}

    /** How a verb goes wrong. */
    private interface Put {
        StoredObject put(ObjectStore right, ObjectKey key, ObjectContent content, CallContext call);
    }

    private interface Get {
        InputStream get(ObjectStore right, ObjectKey key, @Nullable ByteRange range, CallContext call);
    }

    private interface Stat {
        Optional<StoredObject> stat(ObjectStore right, ObjectKey key, CallContext call);
    }

    private interface Listing {
        ObjectPage list(ObjectStore right, KeyPrefix prefix, @Nullable ObjectKey after, CallContext call);
    }

    private interface Delete {
        Map<ObjectKey, DeleteOutcome> delete(ObjectStore right, List<ObjectKey> keys, CallContext call);
    }

    private static void put(String name, Put wrong) {
        ALL.put(name, right -> new WrongStore(right) {
            @Override
            public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
                return wrong.put(right, key, content, call);
            }
        });
    }

    private static void get(String name, Get wrong) {
        ALL.put(name, right -> new WrongStore(right) {
            @Override
            public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
                return wrong.get(right, key, range, call);
            }
        });
    }

    private static void stat(String name, Stat wrong) {
        ALL.put(name, right -> new WrongStore(right) {
            @Override
            public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
                return wrong.stat(right, key, call);
            }
        });
    }

    private static void list(String name, Listing wrong) {
        ALL.put(name, right -> new WrongStore(right) {
            @Override
            public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
                return wrong.list(right, prefix, after, call);
            }
        });
    }

    private static void delete(String name, Delete wrong) {
        ALL.put(name, right -> new WrongStore(right) {
            @Override
            public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
                return wrong.delete(right, keys, call);
            }
        });
    }

    static {
        put("SPI-20 drops the last byte", (right, key, content, call) -> {
            byte[] bytes = received(content);
            int n = bytes.length > 1_000 ? bytes.length - 1 : bytes.length;
            return right.putIfAbsent(key, ObjectContent.of(Arrays.copyOf(bytes, n)), call);
        });
        put("SPI-20 answers with another length", (right, key, content, call) -> {
            StoredObject o = right.putIfAbsent(key, content, call);
            return new StoredObject(key, o.length() + 1, o.createdAt(), null);
        });
        put("SPI-21 overwrites", (right, key, content, call) -> {
            right.delete(List.of(key), call);
            return right.putIfAbsent(key, content, call);
        });
        put("SPI-21 takes equal bytes for success", (right, key, content, call) -> {
            Optional<StoredObject> there = right.stat(key, call);
            boolean equal = there.flatMap(StoredObject::knownChecksums).equals(Optional.of(content.checksums()));
            return equal ? there.orElseThrow() : right.putIfAbsent(key, content, call);
        });
        put("SPI-21 answers conflict", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.ALREADY_EXISTS ? error(ErrorKind.CONFLICT) : e;
            }
        });
        ALL.put("SPI-22 looks before it writes, not while", RacingStore::new);
        put("SPI-23 ignores the checksums", (right, key, content, call) -> {
            byte[] bytes = received(content);
            return bytes.length == content.length()
                    ? right.putIfAbsent(key, ObjectContent.of(bytes), call)
                    : right.putIfAbsent(key, content, call);
        });
        put("SPI-23 ignores the CRC-32C", (right, key, content, call) -> {
            byte[] bytes = received(content);
            Checksums real = Checksums.of(bytes);
            boolean same = real.sha256().equals(content.checksums().sha256());
            return right.putIfAbsent(
                    key, same && bytes.length == content.length() ? ObjectContent.of(bytes) : content, call);
        });
        put("SPI-23 keeps what is corrupt", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.CORRUPT) {
                    right.putIfAbsent(key, ObjectContent.of(received(content)), call);
                }
                throw e;
            }
        });
        put("SPI-24 stops reading at the promised length", (right, key, content, call) -> {
            byte[] bytes = received(content);
            int n = (int) Math.min(bytes.length, content.length());
            ObjectContent cut = ObjectContent.of(Arrays.copyOf(bytes, n));
            boolean same = cut.checksums().equals(content.checksums());
            return right.putIfAbsent(key, same && n == content.length() ? cut : content, call);
        });
        put("SPI-24 ignores the length", (right, key, content, call) -> {
            byte[] bytes = received(content);
            boolean same = Checksums.of(bytes).equals(content.checksums());
            return right.putIfAbsent(key, same ? ObjectContent.of(bytes) : content, call);
        });
        put("SPI-25 leaves half an object", (right, key, content, call) -> {
            byte[] some = some(content);
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    right.putIfAbsent(key, ObjectContent.of(some), call);
                }
                throw e;
            }
        });
        put("SPI-25 lets the content's error escape", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.getCause() instanceof IOException io) {
                    throw new UncheckedIOException(io);
                }
                throw e;
            }
        });
        put("SPI-26 loses empty objects", (right, key, content, call) -> {
            if (content.length() == 0) {
                return new StoredObject(key, 0, Instant.now(), content.checksums());
            }
            return right.putIfAbsent(key, content, call);
        });
        list("SPI-26 does not list empty objects", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            return new ObjectPage(
                    page.objects().stream().filter(o -> o.length() > 0).toList(), page.more());
        });
        put("SPI-27 refuses long keys", (right, key, content, call) -> {
            if (key.value().length() > 255) {
                throw error(ErrorKind.INVALID_REQUEST);
            }
            return right.putIfAbsent(key, content, call);
        });
        ALL.put("SPI-28 ignores case", CaseBlindStore::new);
        put("SPI-29 removes the object that is in the way of a folder", (right, key, content, call) -> {
            int slash = key.value().lastIndexOf('/');
            if (slash > 0) {
                right.delete(List.of(new ObjectKey(key.value().substring(0, slash))), call);
            }
            return right.putIfAbsent(key, content, call);
        });
        put("SPI-29 calls a folder a taken key", (right, key, content, call) -> {
            if (!right.list(new KeyPrefix(key.value()), null, call).objects().isEmpty()) {
                throw error(ErrorKind.ALREADY_EXISTS);
            }
            return right.putIfAbsent(key, content, call);
        });
        put("SPI-30 reads what it will refuse", (right, key, content, call) -> {
            some(content);
            return right.putIfAbsent(key, content, call);
        });
        ALL.put("SPI-31 keeps the last read in a field", SharedFieldStore::new);
        get("SPI-40 begins one byte late", (right, key, range, call) -> {
            if (range == null || range.offset() == 0 || range.length() == 1) {
                return right.get(key, range, call);
            }
            return right.get(key, new ByteRange(range.offset() + 1, range.length() - 1), call);
        });
        get("SPI-40 gives one byte too many", (right, key, range, call) -> {
            long size = right.stat(key, call).map(StoredObject::length).orElse(0L);
            if (range == null || range.end() >= size) {
                return right.get(key, range, call);
            }
            return right.get(key, new ByteRange(range.offset(), range.length() + 1), call);
        });
        get("SPI-40 gives the whole object", (right, key, range, call) -> {
            right.get(key, range, call);
            return right.get(key, null, call);
        });
        get("SPI-41 clips ranges", (right, key, range, call) -> {
            long size = right.stat(key, call).map(StoredObject::length).orElse(0L);
            if (range == null || range.end() <= size) {
                return right.get(key, range, call);
            }
            return range.offset() < size
                    ? right.get(key, new ByteRange(range.offset(), size - range.offset()), call)
                    : InputStream.nullInputStream();
        });
        get("SPI-42 finds nothing of everything", (right, key, range, call) -> {
            try {
                return right.get(key, range, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.NOT_FOUND) {
                    return InputStream.nullInputStream();
                }
                throw e;
            }
        });
        get("SPI-42 answers denied for what is not there", (right, key, range, call) -> {
            try {
                return right.get(key, range, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.NOT_FOUND ? error(ErrorKind.DENIED) : e;
            }
        });
        stat("SPI-42 describes folders", (right, key, call) -> {
            List<StoredObject> below =
                    right.list(new KeyPrefix(key.value()), null, call).objects();
            Optional<StoredObject> folder =
                    below.stream().findFirst().map(o -> new StoredObject(key, 0, o.createdAt(), null));
            return right.stat(key, call).or(() -> folder);
        });
        stat(
                "SPI-43 lies about the length",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(key, o.length() & ~0xfL, o.createdAt(), o.checksums())));
        stat(
                "SPI-43 tells the time of asking",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(
                                key, o.length(), Instant.now().plusNanos(System.nanoTime()), o.checksums())));
        list("SPI-43 lists without times", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            return new ObjectPage(
                    page.objects().stream()
                            .map(o -> new StoredObject(o.key(), o.length(), Instant.EPOCH, o.checksums()))
                            .toList(),
                    page.more());
        });
        stat(
                "SPI-44 tells the checksums of nothing",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(key, o.length(), o.createdAt(), Checksums.of(new byte[0]))));
        get("SPI-45 ends a stream early", (right, key, range, call) -> {
            InputStream all = right.get(key, range, call);
            return range == null && right.stat(key, call).orElseThrow().length() > (1 << 20)
                    ? new EarlyEnd(all, 1 << 20)
                    : all;
        });
        ALL.put("SPI-46 lists what was a moment ago", StaleListingStore::new);
        list("SPI-50 sorts a folder before what sorts before its slash", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> sorted = new ArrayList<>(page.objects());
            sorted.sort((a, b) -> Arrays.compare(segments(a), segments(b)));
            return new ObjectPage(sorted, page.more());
        });
        list("SPI-50 sorts without regard to case", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> sorted = new ArrayList<>(page.objects());
            sorted.sort((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(
                    a.key().value(), b.key().value()));
            return new ObjectPage(sorted, page.more());
        });
        list("SPI-51 loses the 1,001st key", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            boolean drop = after != null && page.objects().size() > 1 && page.more();
            return drop
                    ? new ObjectPage(page.objects().subList(1, page.objects().size()), true)
                    : page;
        });
        list(
                "SPI-51 never has more",
                (right, prefix, after, call) ->
                        new ObjectPage(right.list(prefix, after, call).objects(), false));
        list("SPI-51 gives everything in one page", (right, prefix, after, call) -> {
            List<StoredObject> all = new ArrayList<>();
            ObjectPage page = right.list(prefix, after, call);
            while (page.more()) {
                all.addAll(page.objects());
                page = right.list(prefix, all.get(all.size() - 1).key(), call);
            }
            all.addAll(page.objects());
            return new ObjectPage(all, false);
        });
        list("SPI-52 begins again from the start", (right, prefix, after, call) -> {
            boolean known = after == null || right.stat(after, call).isPresent();
            return right.list(prefix, known ? after : null, call);
        });
        list("SPI-52 begins with the key itself", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> objects = new ArrayList<>(page.objects());
            if (after != null && prefix.contains(after)) {
                right.stat(after, call).ifPresent(o -> objects.add(0, o));
            }
            return new ObjectPage(objects, page.more());
        });
        list("SPI-53 matches a prefix by characters", (right, prefix, after, call) -> {
            ObjectPage page = right.list(KeyPrefix.ROOT, after, call);
            return new ObjectPage(
                    page.objects().stream()
                            .filter(o -> o.key().value().startsWith(prefix.value()))
                            .toList(),
                    page.more());
        });
        list("SPI-54 refuses a folder that is not there", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            if (page.objects().isEmpty() && after == null) {
                throw error(ErrorKind.NOT_FOUND);
            }
            return page;
        });
        list("SPI-54 lists an object as its own folder", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            Optional<StoredObject> self =
                    prefix.value().isEmpty() ? Optional.empty() : right.stat(new ObjectKey(prefix.value()), call);
            return self.isPresent() && page.objects().isEmpty() ? new ObjectPage(List.of(self.get()), false) : page;
        });
        delete("SPI-60 says deleted and does nothing", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            keys.forEach(k -> outcomes.put(
                    k, right.stat(k, call).isPresent() ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent()));
            right.delete(List.of(), call);
            return outcomes;
        });
        delete("SPI-60 says deleted of what was not there", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(right.delete(keys, call));
            outcomes.replaceAll((k, o) -> new DeleteOutcome.Deleted());
            return outcomes;
        });
        delete("SPI-60 stops at what is absent", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            right.delete(List.of(), call);
            for (ObjectKey key : keys) {
                outcomes.putAll(right.delete(List.of(key), call));
                if (outcomes.get(key) instanceof DeleteOutcome.Absent) {
                    return outcomes;
                }
            }
            return outcomes;
        });
        delete("SPI-60 takes a key twice", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(right.delete(keys, call));
            Set<ObjectKey> seen = new HashSet<>();
            keys.stream().filter(k -> !seen.add(k)).forEach(k -> outcomes.put(k, new DeleteOutcome.Absent()));
            return outcomes;
        });
        delete("SPI-61 deletes what lies below", (right, keys, call) -> {
            for (ObjectKey key : keys) {
                List<ObjectKey> below = right.list(new KeyPrefix(key.value()), null, call).objects().stream()
                        .map(StoredObject::key)
                        .toList();
                right.delete(below, call);
            }
            return right.delete(keys, call);
        });
        delete(
                "SPI-62 deletes the first thousand of more",
                (right, keys, call) ->
                        right.delete(keys.subList(0, Math.min(keys.size(), ObjectStore.MAX_DELETE)), call));
        delete("SPI-62 deletes a hundred at most", (right, keys, call) -> {
            if (keys.size() > 100) {
                throw error(ErrorKind.INVALID_REQUEST);
            }
            return right.delete(keys, call);
        });
        ALL.put("SPI-63 keeps a tombstone", TombstoneStore::new);
        put("SPI-70 does not look up while it writes", (right, key, content, call) -> {
            call.check("writing");
            return right.putIfAbsent(key, content, patient(call));
        });
        list(
                "SPI-70 lists for a caller that has gone",
                (right, prefix, after, call) -> right.list(
                        prefix, after, new CallContext(call.timeout(), () -> false, call.job(), call.purpose())));
        get(
                "SPI-71 has all the time in the world",
                (right, key, range, call) -> right.get(
                        key, range, new CallContext(Duration.ofDays(1), call.cancelled(), call.job(), call.purpose())));
        put("SPI-72 swallows interrupts", (right, key, content, call) -> {
            Thread.interrupted();
            return right.putIfAbsent(key, content, call);
        });
        put("SPI-72 breaks by an interrupt", new Put() {
            private final AtomicBoolean broken = new AtomicBoolean();

            @Override
            public StoredObject put(ObjectStore right, ObjectKey key, ObjectContent content, CallContext call) {
                if (key.value().equals("interrupted")) {
                    broken.set(Thread.currentThread().isInterrupted());
                    throw error(ErrorKind.CANCELLED);
                }
                if (broken.get()) {
                    throw error(ErrorKind.UNAVAILABLE);
                }
                return right.putIfAbsent(key, content, call);
            }
        });
        put("SPI-73 answers unavailable when full", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.QUOTA ? error(ErrorKind.UNAVAILABLE) : e;
            }
        });
        list("SPI-74 looks empty when lost", (right, prefix, after, call) -> {
            try {
                return right.list(prefix, after, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    return new ObjectPage(List.of(), false);
                }
                throw e;
            }
        });
        stat("SPI-74 finds nothing when lost", (right, key, call) -> {
            try {
                return right.stat(key, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
        put("SPI-75 answers unavailable when forbidden", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.DENIED ? error(ErrorKind.UNAVAILABLE) : e;
            }
        });
    }

    private static ProviderException error(ErrorKind kind) {
        return new ProviderException(kind, "wrong on purpose");
    }

    private static CallContext patient(CallContext call) {
        return new CallContext(call.timeout(), () -> false, call.job(), call.purpose());
    }

    private static String[] segments(StoredObject object) {
        return object.key().value().split("/", -1);
    }

    /** All bytes that a content gives, as a store has them that checks nothing. */
    private static byte[] received(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "the content could not be read", e);
        }
    }

    private static byte[] some(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readNBytes(1_000);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Ends without an error after so many bytes. */
    private static final class EarlyEnd extends FilterInputStream {
        private int left;

        private EarlyEnd(InputStream in, int left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = left == 0 ? -1 : in.read(target, offset, Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }
    }

    /** Everybody looks, finds nothing, and then writes. */
    private static final class RacingStore extends WrongStore {
        private final CyclicBarrier looked = new CyclicBarrier(2);

        private RacingStore(ObjectStore right) {
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

    private static final class CaseBlindStore extends WrongStore {
        private CaseBlindStore(ObjectStore right) {
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
    private static final class SharedFieldStore extends WrongStore {
        private volatile byte[] last = new byte[0];
        private final CyclicBarrier both = new CyclicBarrier(2);

        private SharedFieldStore(ObjectStore right) {
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

    private static final class StaleListingStore extends WrongStore {
        private final Map<KeyPrefix, ObjectPage> before = new HashMap<>();

        private StaleListingStore(ObjectStore right) {
            super(right);
        }

        @Override
        public synchronized ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage now = right.list(prefix, after, call);
            ObjectPage then = after == null ? before.put(prefix, now) : now;
            return then == null ? now : then;
        }
    }

    private static final class TombstoneStore extends WrongStore {
        private final Set<ObjectKey> dead = new HashSet<>();

        private TombstoneStore(ObjectStore right) {
            super(right);
        }

        @Override
        public synchronized StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            if (dead.contains(key)) {
                throw error(ErrorKind.ALREADY_EXISTS);
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
