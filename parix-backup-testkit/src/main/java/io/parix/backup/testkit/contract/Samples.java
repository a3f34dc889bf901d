package io.parix.backup.testkit.contract;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the suites' tests are written with. */
final class Samples {
    static final CallContext CALL = call(Duration.ofMinutes(1), () -> false);

    /** So many calls at once every store bears (SPI-31). */
    static final int LANES = 8;

    private Samples() {}

    static CallContext call(Duration timeout, BooleanSupplier cancelled) {
        return new CallContext(timeout, cancelled, "contract", CallContext.Purpose.PROBE);
    }

    static ObjectKey key(String value) {
        return new ObjectKey(value);
    }

    /** So many bytes that look random and are the same for the same seed. */
    static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static ObjectContent content(int seed, int length) {
        return ObjectContent.of(bytes(seed, length));
    }

    /** A content that promises one thing and delivers another. */
    static ObjectContent content(long length, Checksums checksums, Source source) {
        return new ObjectContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public Checksums checksums() {
                return checksums;
            }

            @Override
            public InputStream open() throws IOException {
                return source.open();
            }
        };
    }

    /** Opens the bytes of a content. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** A stream that lets something happen each time that it is about to be read from. */
    static InputStream watched(byte[] bytes, Step step) {
        return new InputStream() {
            private int position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                step.at(position);
                if (position == bytes.length) {
                    return -1;
                }
                int n = Math.min(Math.min(length, 64 << 10), bytes.length - position);
                System.arraycopy(bytes, position, target, offset, n);
                position += n;
                return n;
            }
        };
    }

    /** Hears how far a stream has been read. */
    @FunctionalInterface
    interface Step {
        void at(int position) throws IOException;
    }

    static StoredObject put(ObjectStore store, String key, int seed, int length) {
        return store.putIfAbsent(key(key), content(seed, length), CALL);
    }

    /** Writes an object, and answers what it failed with, or nothing. */
    static Optional<ErrorKind> attempt(ObjectStore store, String key, ObjectContent content) {
        try {
            store.putIfAbsent(key(key), content, CALL);
            return Optional.empty();
        } catch (ProviderException e) {
            return Optional.of(e.kind());
        }
    }

    /** Writes many objects of one byte. */
    static void fill(ObjectStore store, List<String> keys) throws Exception {
        inLanes(keys, key -> put(store, key, 1, 1));
    }

    /** Does one thing for each of many keys, several at a time, since a call that waits for a disk or a cloud is slow. */
    static void inLanes(List<String> keys, Work work) throws Exception {
        race(IntStream.range(0, LANES)
                .<Callable<Boolean>>mapToObj(lane -> () -> {
                    for (int i = lane; i < keys.size(); i += LANES) {
                        work.on(keys.get(i));
                    }
                    return true;
                })
                .toList());
    }

    /** What is done for a key. */
    @FunctionalInterface
    interface Work {
        void on(String key) throws Exception;
    }

    static byte[] read(ObjectStore store, String key) throws IOException {
        try (InputStream in = store.get(key(key), null, CALL)) {
            return in.readAllBytes();
        }
    }

    static boolean absent(ObjectStore store, String key) {
        return store.stat(key(key), CALL).isEmpty()
                && !keys(store, KeyPrefix.ROOT).contains(key);
    }

    /** Every key of a folder, over all pages. */
    static List<String> keys(ObjectStore store, KeyPrefix prefix) {
        List<String> keys = new ArrayList<>();
        ObjectKey after = null;
        boolean more = true;
        while (more) {
            ObjectPage page = store.list(prefix, after, CALL);
            page.objects().forEach(o -> keys.add(o.key().value()));
            more = page.more() && !page.objects().isEmpty() && keys.size() < 100_000;
            after = more ? page.objects().get(page.objects().size() - 1).key() : null;
        }
        return keys;
    }

    /** Asserts that a call fails as a provider's calls do, with one of some kinds. */
    static ProviderException refused(ThrowingCallable call, ErrorKind... kinds) {
        Throwable thrown = Assertions.catchThrowable(call);
        Assertions.assertThat(thrown).isInstanceOf(ProviderException.class);
        ProviderException e = (ProviderException) thrown;
        if (kinds.length > 0) {
            Assertions.assertThat(e.kind()).as(String.valueOf(e.getMessage())).isIn((Object[]) kinds);
        }
        Assertions.assertThat(e.getMessage()).as("the message of a failure").isNotBlank();
        return e;
    }

    /** Enough for hundreds of calls of two seconds. */
    private static final int LONGEST_MINUTES = 15;

    /** Runs tasks at the same moment and gives their results in order. */
    static <T> List<T> race(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier together = new CyclicBarrier(tasks.size());
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(() -> {
                    together.await(1, TimeUnit.MINUTES);
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                // Each call has a deadline, and a slow store may need some minutes for many of them; one that hangs
                // must end.
                results.add(one.get(LONGEST_MINUTES, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
