package io.parix.backup.archive;

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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store in memory whose objects a test can lose, flip, cut, lengthen and swap. */
public final class TestStore implements ObjectStore {
    private static final int PAGE = 7;

    public final AtomicInteger puts = new AtomicInteger();
    public final AtomicInteger gets = new AtomicInteger();

    private final TreeMap<ObjectKey, byte[]> objects = new TreeMap<>();
    private boolean knowsChecksums = true;
    private long room = Long.MAX_VALUE;
    private Predicate<ObjectKey> lostAnswer = key -> false;
    private Predicate<ObjectKey> archived = key -> false;
    private @Nullable ObjectKey flippedOnce;
    private int flippedAt;

    /** From now on no answer holds a checksum. */
    public TestStore withoutChecksums() {
        knowsChecksums = false;
        return this;
    }

    /** Takes only so many bytes more. */
    public synchronized void leaveRoom(long bytes) {
        room = bytes;
    }

    /** Writes these objects, then answers that it does not know. */
    public void loseAnswers(Predicate<ObjectKey> which) {
        lostAnswer = which;
    }

    /** Refuses to read these objects, as a place does that has moved them to where they must thaw first. */
    public void archive(Predicate<ObjectKey> which) {
        archived = which;
    }

    @Override
    public synchronized StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        puts.incrementAndGet();
        if (objects.containsKey(key)) {
            throw new ProviderException(ErrorKind.ALREADY_EXISTS, "Cannot write " + key + ": it exists.");
        }
        byte[] bytes = bytes(content);
        if (!Checksums.of(bytes).equals(content.checksums())) {
            throw new ProviderException(ErrorKind.CORRUPT, "Cannot write " + key + ": wrong checksum.");
        }
        if (bytes.length > room) {
            throw new ProviderException(ErrorKind.QUOTA, "Cannot write " + key + ": the store is full.");
        }
        room -= bytes.length;
        objects.put(key, bytes);
        if (lostAnswer.test(key)) {
            throw new ProviderException(ErrorKind.OUTCOME_UNKNOWN, "Cannot tell of " + key + ".");
        }
        return describe(key, bytes);
    }

    private static byte[] bytes(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        gets.incrementAndGet();
        byte[] bytes = objects.get(key);
        if (bytes == null) {
            throw new ProviderException(ErrorKind.NOT_FOUND, "Cannot read " + key + ": it is not there.");
        }
        if (archived.test(key)) {
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot read " + key + ": restore it first.");
        }
        if (range == null) {
            return new ByteArrayInputStream(bytes);
        }
        if (key.equals(flippedOnce) && range.offset() <= flippedAt && flippedAt < range.end()) {
            flippedOnce = null;
            bytes = bytes.clone();
            bytes[flippedAt] ^= 1;
        }
        if (range.end() > bytes.length) {
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot read " + key + ": past its end.");
        }
        return new ByteArrayInputStream(bytes, (int) range.offset(), (int) range.length());
    }

    @Override
    public synchronized Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        return Optional.ofNullable(objects.get(key)).map(bytes -> describe(key, bytes));
    }

    @Override
    public synchronized ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        SortedMap<ObjectKey, byte[]> rest = after == null ? objects : objects.tailMap(after, false);
        List<StoredObject> page = new ArrayList<>();
        for (Map.Entry<ObjectKey, byte[]> e : rest.entrySet()) {
            if (prefix.contains(e.getKey())) {
                if (page.size() == PAGE) {
                    return new ObjectPage(page, true);
                }
                page.add(describe(e.getKey(), e.getValue()));
            }
        }
        return new ObjectPage(page, false);
    }

    @Override
    public synchronized Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        throw new UnsupportedOperationException("the archive deletes nothing");
    }

    private StoredObject describe(ObjectKey key, byte[] bytes) {
        return new StoredObject(key, bytes.length, Instant.EPOCH, knowsChecksums ? Checksums.of(bytes) : null);
    }

    /** Every key, in order. */
    public synchronized List<ObjectKey> keys() {
        return List.copyOf(objects.keySet());
    }

    /** An object's bytes. */
    public synchronized byte[] bytes(ObjectKey key) {
        return Objects.requireNonNull(objects.get(key), key::value).clone();
    }

    /** All bytes in the store. */
    public synchronized long size() {
        return objects.values().stream().mapToLong(b -> b.length).sum();
    }

    /** An equal store. */
    public synchronized TestStore copy() {
        TestStore copy = new TestStore();
        copy.objects.putAll(objects);
        copy.knowsChecksums = knowsChecksums;
        return copy;
    }

    public synchronized void lose(ObjectKey key) {
        objects.remove(key);
    }

    public synchronized void change(ObjectKey key, Function<byte[], byte[]> change) {
        objects.put(key, change.apply(bytes(key)));
    }

    public void flip(ObjectKey key, int at) {
        change(key, bytes -> {
            bytes[at] ^= 1;
            return bytes;
        });
    }

    /** Flips a bit on the way, in the next span that holds it. */
    public synchronized void flipOnce(ObjectKey key, int at) {
        flippedOnce = key;
        flippedAt = at;
    }

    public void truncate(ObjectKey key, int by) {
        change(key, bytes -> Arrays.copyOf(bytes, bytes.length - by));
    }

    public void append(ObjectKey key) {
        change(key, bytes -> Arrays.copyOf(bytes, bytes.length + 1));
    }

    public synchronized void swap(ObjectKey a, ObjectKey b) {
        byte[] kept = bytes(a);
        objects.put(a, bytes(b));
        objects.put(b, kept);
    }

    public synchronized void set(ObjectKey key, byte[] bytes) {
        objects.put(key, bytes);
    }
}
