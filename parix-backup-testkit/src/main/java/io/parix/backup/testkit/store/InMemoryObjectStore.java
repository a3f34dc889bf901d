package io.parix.backup.testkit.store;

import io.parix.backup.ByteSize;
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
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store on the heap. Safe for concurrent calls. Time is the clock handed in, so it stands still where that does.
 *
 * <p>It remembers each object's checksums from its writing, as cloud stores do, and damage done by {@link #damage} does not
 * change them: what has rotted is found by reading, not by asking.
 */
public final class InMemoryObjectStore implements ObjectStore {
    /** The largest object that it takes. */
    public static final ByteSize LARGEST_WRITE = ByteSize.gibibytes(1);

    private final InstantSource clock;
    private final NavigableMap<String, Held> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong used = new AtomicLong();
    private final Map<String, Optional<Instant>> locks = new HashMap<>();
    private ByteSize capacity = new ByteSize(Long.MAX_VALUE);
    private boolean lockable;

    /**
     * An empty store.
     *
     * @param clock what {@link StoredObject#createdAt()} and deadlines are told by
     */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Sets how much it holds; a write that does not fit raises {@link ErrorKind#QUOTA}.
     *
     * @param limit for all objects together
     */
    public synchronized void limitTo(ByteSize limit) {
        capacity = limit;
    }

    /** {@return what all objects take together} */
    public ByteSize used() {
        return new ByteSize(used.get());
    }

    /** {@return the keys of all objects, in order} */
    public List<ObjectKey> keys() {
        return objects.keySet().stream().map(ObjectKey::new).toList();
    }

    /**
     * Changes stored bytes behind the writer's back; the remembered checksums stay.
     *
     * @param key an object that is there
     * @param change gets a copy of its bytes and gives what it holds from now on, see
     *     {@link io.parix.backup.testkit.fault.Damage}
     */
    public synchronized void damage(ObjectKey key, UnaryOperator<byte[]> change) {
        Held held = objects.get(key.value());
        if (held == null) {
            throw new IllegalArgumentException("There is no object " + key + " to damage.");
        }
        Held changed = new Held(change.apply(held.bytes.clone()), held.createdAt, held.checksums);
        objects.put(key.value(), changed);
        used.addAndGet((long) changed.bytes.length - held.bytes.length);
    }

    /**
     * Loses an object behind the writer's back.
     *
     * @param key an object that is there
     */
    public void lose(ObjectKey key) {
        if (!remove(key)) {
            throw new IllegalArgumentException("There is no object " + key + " to lose.");
        }
    }

    /** Lets objects be locked, as a bucket with object locks does. Sessions claim it that are opened from now on. */
    public synchronized void allowLocks() {
        lockable = true;
    }

    synchronized boolean isLockable() {
        return lockable;
    }

    /**
     * Locks an object against deletion.
     *
     * @param key an object that is there, in a store that allows locks
     * @param until when the lock ends, or null where the place does not tell
     */
    public synchronized void lock(ObjectKey key, @Nullable Instant until) {
        if (!lockable || !objects.containsKey(key.value())) {
            throw new IllegalArgumentException("There is no object " + key + " that could be locked.");
        }
        locks.put(key.value(), Optional.ofNullable(until));
    }

    private synchronized boolean remove(ObjectKey key) {
        locks.remove(key.value());
        Held held = objects.remove(key.value());
        if (held != null) {
            used.addAndGet(-held.bytes.length);
        }
        return held != null;
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        Arrival arrival = new Arrival(key, content, call, clock);
        if (content.length() > LARGEST_WRITE.bytes()) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are more than " + LARGEST_WRITE + ".");
        }
        requireFree(key);
        byte[] bytes = arrival.receive();
        return keep(key, new Held(bytes, clock.instant(), content.checksums()));
    }

    private synchronized StoredObject keep(ObjectKey key, Held held) {
        requireFree(key);
        if (used().bytes() > capacity.bytes() - held.bytes.length) {
            throw new ProviderException(
                    ErrorKind.QUOTA, "Cannot write " + key + ": the store holds no more than " + capacity + ".");
        }
        objects.put(key.value(), held);
        used.addAndGet(held.bytes.length);
        return held.describe(key.value());
    }

    private void requireFree(ObjectKey key) {
        if (objects.containsKey(key.value())) {
            throw new ProviderException(ErrorKind.ALREADY_EXISTS, "Cannot write " + key + ": the key is taken.");
        }
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        Arrival.requireTime(call, "reading " + key);
        Held held = objects.get(key.value());
        if (held == null) {
            throw new ProviderException(ErrorKind.NOT_FOUND, "Cannot read " + key + ": there is no such object.");
        }
        int length = held.bytes.length;
        if (range != null && range.end() > length) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot read " + range.offset() + "+" + range.length() + " of " + key + ": it has " + length
                            + " bytes.");
        }
        return range == null
                ? new ByteArrayInputStream(held.bytes)
                : new ByteArrayInputStream(held.bytes, (int) range.offset(), (int) range.length());
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        Arrival.requireTime(call, "describing " + key);
        return Optional.ofNullable(objects.get(key.value())).map(held -> held.describe(key.value()));
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        Arrival.requireTime(call, "listing " + prefix);
        NavigableMap<String, Held> rest = objectsOf(prefix, after);
        List<StoredObject> page = new ArrayList<>();
        for (Map.Entry<String, Held> e : rest.entrySet()) {
            if (page.size() == MAX_PAGE) {
                return new ObjectPage(page, true);
            }
            page.add(e.getValue().describe(e.getKey()));
        }
        return new ObjectPage(page, false);
    }

    private NavigableMap<String, Held> objectsOf(KeyPrefix prefix, @Nullable ObjectKey after) {
        // '0' is the character after '/', '~' comes after every character of a key.
        String from = prefix.value().isEmpty() ? "" : prefix.value() + "/";
        String to = prefix.value().isEmpty() ? "~" : prefix.value() + "0";
        if (after == null || after.value().compareTo(from) < 0) {
            return objects.subMap(from, true, to, false);
        }
        return objects.subMap(after.value().compareTo(to) < 0 ? after.value() : to, false, to, false);
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        Arrival.requireTime(call, "deleting " + keys.size() + " objects");
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        for (ObjectKey key : keys) {
            outcomes.computeIfAbsent(key, this::removed);
        }
        return outcomes;
    }

    private synchronized DeleteOutcome removed(ObjectKey key) {
        Optional<Instant> lock = locks.get(key.value());
        if (lock != null && lock.map(until -> until.isAfter(clock.instant())).orElse(true)) {
            return new DeleteOutcome.Locked(lock.orElse(null));
        }
        return remove(key) ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent();
    }

    private static final class Held {
        private final byte[] bytes;
        private final Instant createdAt;
        private final Checksums checksums;

        private Held(byte[] bytes, Instant createdAt, Checksums checksums) {
            this.bytes = bytes;
            this.createdAt = createdAt;
            this.checksums = checksums;
        }

        private StoredObject describe(String key) {
            return new StoredObject(new ObjectKey(key), bytes.length, createdAt, checksums);
        }
    }
}
