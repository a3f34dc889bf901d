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
import io.parix.backup.testkit.store.Fault.Effect;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final StoreFaults faults = new StoreFaults();
    private final NavigableMap<String, Held> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong used = new AtomicLong();
    private ByteSize capacity = new ByteSize(Long.MAX_VALUE);

    /**
     * An empty store without faults.
     *
     * @param clock what {@link StoredObject#createdAt()} and deadlines are told by
     */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    /** {@return the faults scripted for this store, and the count of its calls} */
    public StoreFaults faults() {
        return faults;
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
     * @param change gets a copy of its bytes and gives what it holds from now on, see {@link Damage}
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

    private synchronized boolean remove(ObjectKey key) {
        Held held = objects.remove(key.value());
        if (held != null) {
            used.addAndGet(-held.bytes.length);
        }
        return held != null;
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        Optional<Effect> effect = begin(Verb.PUT, key.value());
        Arrival arrival = new Arrival(key, content, call, clock);
        if (content.length() > LARGEST_WRITE.bytes()) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are more than " + LARGEST_WRITE + ".");
        }
        requireFree(key);
        byte[] bytes = arrival.receive();
        StoredObject stored = keep(key, new Held(bytes, clock.instant(), content.checksums()));
        return answer(effect, "writing " + key, stored);
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
        Optional<Effect> effect = begin(Verb.GET, key.value());
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
        ByteArrayInputStream bytes = range == null
                ? new ByteArrayInputStream(held.bytes)
                : new ByteArrayInputStream(held.bytes, (int) range.offset(), (int) range.length());
        if (effect.orElse(null) instanceof Effect.BreakStream broken) {
            return new BrokenStream(bytes, broken.after());
        }
        if (effect.orElse(null) instanceof Effect.FlipOnTheWay) {
            return flipped(bytes.readAllBytes());
        }
        return answer(effect, "reading " + key, bytes);
    }

    private static InputStream flipped(byte[] copy) {
        return new ByteArrayInputStream(
                copy.length == 0 ? copy : Damage.flip(copy.length / 2).apply(copy));
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        Optional<Effect> effect = begin(Verb.STAT, key.value());
        Arrival.requireTime(call, "describing " + key);
        Optional<StoredObject> found =
                Optional.ofNullable(objects.get(key.value())).map(held -> held.describe(key.value()));
        return answer(effect, "describing " + key, found);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        Optional<Effect> effect = begin(Verb.LIST, prefix.value());
        Arrival.requireTime(call, "listing " + prefix);
        NavigableMap<String, Held> rest = objectsOf(prefix, after);
        List<StoredObject> page = new ArrayList<>();
        for (Map.Entry<String, Held> e : rest.entrySet()) {
            if (page.size() == MAX_PAGE) {
                return answer(effect, "listing " + prefix, new ObjectPage(page, true));
            }
            page.add(e.getValue().describe(e.getKey()));
        }
        return answer(effect, "listing " + prefix, new ObjectPage(page, false));
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
        faults.count(Verb.DELETE);
        faults.strikeCall(Verb.DELETE).ifPresent(with -> {
            throw with;
        });
        Arrival.requireTime(call, "deleting " + keys.size() + " objects");
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        Optional<Effect> lost = Optional.empty();
        for (ObjectKey key : keys) {
            Optional<Effect> effect = faults.strike(Verb.DELETE, key.value());
            outcomes.computeIfAbsent(key, k -> deleteOne(k, effect));
            lost = lost.or(() -> effect);
        }
        return lost.orElse(null) instanceof Effect.LoseAnswer ? answer(lost, "deleting", outcomes) : outcomes;
    }

    private DeleteOutcome deleteOne(ObjectKey key, Optional<Effect> effect) {
        if (effect.orElse(null) instanceof Effect.Refuse refusal) {
            ProviderException with = refusal.with();
            return with.kind() == ErrorKind.LOCKED
                    ? new DeleteOutcome.Locked(with.lockedUntil().orElse(null))
                    : new DeleteOutcome.Failed(with.kind(), String.valueOf(with.getMessage()));
        }
        return remove(key) ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent();
    }

    private Optional<Effect> begin(Verb verb, String key) {
        faults.count(verb);
        Optional<Effect> effect = faults.strike(verb, key);
        if (effect.orElse(null) instanceof Effect.Refuse refusal) {
            throw refusal.with();
        }
        return effect;
    }

    private static <T> T answer(Optional<Effect> effect, String doing, T value) {
        if (effect.orElse(null) instanceof Effect.LoseAnswer) {
            throw new ProviderException(ErrorKind.OUTCOME_UNKNOWN, "The answer to " + doing + " was lost.");
        }
        return value;
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
