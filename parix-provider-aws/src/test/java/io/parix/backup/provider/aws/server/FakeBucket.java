package io.parix.backup.provider.aws.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket: versions by key, newest first. Safe for concurrent calls. */
public final class FakeBucket {
    private final NavigableMap<String, List<FakeVersion>> objects = new TreeMap<>();
    private final Set<Wrong> wrongs = EnumSet.noneOf(Wrong.class);
    private boolean versioned;
    private boolean lockable;
    private @Nullable Duration retention;
    private long ids;

    /** What a server may get wrong that looks like S3. */
    public enum Wrong {
        /** It writes over what is there, whatever condition the request has. */
        CONDITION,
        /** It keeps bytes of another checksum than the request has, and repeats that. */
        CHECKSUM,
        /** It says that a listing is whole though it has more. */
        SHORT,
        /** It lists keys backwards. */
        UNSORTED
    }

    /** Gets something wrong from now on. */
    public synchronized void getWrong(Wrong what) {
        wrongs.add(what);
    }

    synchronized boolean gets(Wrong what) {
        return wrongs.contains(what);
    }

    /** Keeps versions from now on. */
    public synchronized void keepVersions() {
        versioned = true;
    }

    /**
     * Locks every object that comes.
     *
     * @param period for how long
     */
    public synchronized void lockEach(Duration period) {
        allowLocks();
        retention = period;
    }

    /** Lets objects be locked; none is by itself. */
    public synchronized void allowLocks() {
        versioned = true;
        lockable = true;
    }

    synchronized boolean isLockable() {
        return lockable;
    }

    /** {@return the version that a plain request sees} */
    public synchronized Optional<FakeVersion> current(String key) {
        List<FakeVersion> versions = objects.getOrDefault(key, List.of());
        return versions.stream().findFirst().filter(newest -> !newest.isMarker());
    }

    synchronized Optional<FakeVersion> version(String key, String id) {
        return objects.getOrDefault(key, List.of()).stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    /** {@return the newest version of a key that is no marker} */
    public synchronized Optional<FakeVersion> newestObject(String key) {
        return objects.getOrDefault(key, List.of()).stream()
                .filter(each -> !each.isMarker())
                .findFirst();
    }

    /** {@return all that is there, markers too} */
    public synchronized int size() {
        return objects.values().stream().mapToInt(List::size).sum();
    }

    /**
     * Stores an object, unless there is one.
     *
     * @return it, or nothing where the key is taken
     */
    synchronized Optional<FakeVersion> putIfAbsent(String key, byte[] bytes, Map<String, String> headers, Instant now) {
        return current(key).isPresent() ? Optional.empty() : Optional.of(put(key, bytes, headers, now));
    }

    /**
     * Stores an object.
     *
     * @param key its key
     * @param bytes its bytes
     * @param headers what goes with it
     * @param now when
     * @return it
     */
    public synchronized FakeVersion put(String key, byte[] bytes, Map<String, String> headers, Instant now) {
        FakeVersion made = FakeVersion.object(nextId(), bytes, headers, now);
        Duration period = retention;
        made.retain(period == null ? null : now.plus(period));
        add(key, made);
        return made;
    }

    /**
     * Does what a plain deletion does: in a bucket with versions, puts a marker before them.
     *
     * @param key the key
     * @param now when
     */
    public synchronized void hide(String key, Instant now) {
        if (versioned) {
            add(key, FakeVersion.marker(nextId(), now));
        } else {
            objects.remove(key);
        }
    }

    /**
     * Locks the newest version of a key.
     *
     * @param key the key
     * @param until until when, or null for not at all
     * @param held whether it is under a legal hold
     */
    public synchronized void lock(String key, @Nullable Instant until, boolean held) {
        FakeVersion version = newestObject(key).orElseThrow();
        version.retain(until);
        version.hold(held);
    }

    synchronized void remove(String key, String id) {
        List<FakeVersion> versions = objects.getOrDefault(key, new ArrayList<>());
        versions.removeIf(each -> each.id().equals(id));
        if (versions.isEmpty()) {
            objects.remove(key);
        }
    }

    /** {@return the keys and their versions, as they are now, after a key} */
    synchronized NavigableMap<String, List<FakeVersion>> after(String key) {
        NavigableMap<String, List<FakeVersion>> copy = new TreeMap<>();
        objects.tailMap(key, false).forEach((each, versions) -> copy.put(each, List.copyOf(versions)));
        return copy;
    }

    private void add(String key, FakeVersion version) {
        List<FakeVersion> versions = objects.computeIfAbsent(key, each -> new ArrayList<>());
        if (!versioned) {
            versions.clear();
        }
        versions.add(0, version);
    }

    private String nextId() {
        ids++;
        return versioned ? "version-" + ids : "null";
    }
}
