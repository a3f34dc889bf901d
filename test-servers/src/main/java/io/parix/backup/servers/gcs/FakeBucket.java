package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket: generations by name, oldest first, of which the last may be live. Safe for concurrent calls. */
public final class FakeBucket {
    private final NavigableMap<String, List<FakeObject>> objects = new TreeMap<>();
    private final NavigableMap<String, FakeObject> live = new TreeMap<>();
    private final List<FakeObject> softDeleted = new ArrayList<>();
    private final @Nullable ObjectFiles files;
    private boolean versioned;
    private boolean ownRetention;
    private @Nullable Duration retention;
    private @Nullable Duration softDelete;
    private @Nullable URI home;
    private long generations = 1_700_000_000_000_000L;

    /** One in memory. */
    FakeBucket() {
        files = null;
    }

    /** One whose objects are files, with those that are there already. */
    FakeBucket(ObjectFiles files) {
        this.files = files;
        files.readAll().forEach((name, object) -> {
            objects.put(name, new ArrayList<>(List.of(object)));
            live.put(name, object);
            generations = Math.max(generations, object.generation());
        });
    }

    /** {@return this, with the address that its objects are told to be at} */
    synchronized FakeBucket at(URI address) {
        home = address;
        return this;
    }

    /** Keeps noncurrent generations from now on; in memory only. */
    public synchronized void keepVersions() {
        if (files != null) {
            throw new IllegalStateException("A bucket of files has no noncurrent generations");
        }
        versioned = true;
    }

    /**
     * Keeps what is deleted for a while, out of sight.
     *
     * @param period for how long
     */
    public synchronized void softDelete(Duration period) {
        softDelete = period;
    }

    /** {@return how many objects are kept out of sight} */
    public synchronized int softDeleted() {
        return softDeleted.size();
    }

    /**
     * Retains every object that comes, by a policy of the bucket.
     *
     * @param period for how long
     */
    public synchronized void retainEach(Duration period) {
        retention = period;
    }

    /** {@return the generation that a plain request sees} */
    public synchronized Optional<FakeObject> current(String name) {
        return Optional.ofNullable(live.get(name));
    }

    synchronized Optional<FakeObject> generation(String name, long number) {
        return objects.getOrDefault(name, List.of()).stream()
                .filter(each -> each.generation() == number)
                .findFirst();
    }

    /** {@return how many generations are there} */
    public synchronized int size() {
        return objects.values().stream().mapToInt(List::size).sum();
    }

    /** Stores an object, unless there is a live one. What it takes to write a file keeps nobody else waiting. */
    Optional<FakeObject> putIfAbsent(String name, byte[] bytes, JsonObject resource, Instant now) {
        Optional<ObjectFiles.Upload> upload = begin(name).map(file -> file.append(bytes));
        synchronized (this) {
            if (!live.containsKey(name)) {
                return Optional.of(store(name, bytes, upload, resource, now));
            }
        }
        upload.ifPresent(ObjectFiles.Upload::discard);
        return Optional.empty();
    }

    /**
     * Stores an object, over what is there.
     *
     * @param name its name
     * @param bytes its bytes
     * @param resource what goes with it
     * @param now when
     * @return it
     */
    public FakeObject put(String name, byte[] bytes, JsonObject resource, Instant now) {
        Optional<ObjectFiles.Upload> upload = begin(name).map(file -> file.append(bytes));
        synchronized (this) {
            return store(name, bytes, upload, resource, now);
        }
    }

    private FakeObject store(
            String name, byte[] bytes, Optional<ObjectFiles.Upload> upload, JsonObject resource, Instant now) {
        if (upload.isPresent()) {
            return put(name, upload.get(), resource, now);
        }
        JsonObject described = resource.deepCopy();
        described.addProperty("crc32c", FakeObject.crc32c(bytes));
        return put(name, new FakeObject(++generations, Content.of(bytes), described, now), now);
    }

    /** {@return what an object comes into piece by piece; empty where objects are in memory} */
    Optional<ObjectFiles.Upload> begin(String name) {
        return Optional.ofNullable(files).map(folder -> folder.begin(name));
    }

    /** Stores an object that came piece by piece, over what is there. */
    synchronized FakeObject put(String name, ObjectFiles.Upload upload, JsonObject resource, Instant now) {
        return put(name, upload.end(++generations, resource, now), now);
    }

    private FakeObject put(String name, FakeObject made, Instant now) {
        Duration period = retention;
        made.retain(period == null ? null : now.plus(period));
        List<FakeObject> all = objects.computeIfAbsent(name, each -> new ArrayList<>());
        if (!versioned) {
            all.clear();
        }
        all.add(made);
        live.put(name, made);
        return made;
    }

    /**
     * Stores an object without anything beside its bytes.
     *
     * @param name its name
     * @param bytes its bytes
     * @param now when
     */
    public void put(String name, byte[] bytes, Instant now) {
        FakeObject unused = put(name, bytes, new JsonObject(), now);
    }

    /**
     * Does what a plain deletion does: in a bucket with versions, makes the live generation noncurrent.
     *
     * @param name the name
     */
    public synchronized void hide(String name) {
        live.remove(name);
        if (!versioned) {
            objects.remove(name);
        }
        deleteFile(name);
    }

    private void deleteFile(String name) {
        if (files != null) {
            files.delete(name);
        }
    }

    /**
     * Retains the newest generation of a name.
     *
     * @param name the name
     * @param until until when, or null for not at all
     */
    public synchronized void retain(String name, @Nullable Instant until) {
        newest(name).retain(until);
    }

    /** Tells retention as that of each object from now on, not of the bucket. */
    public synchronized void tellRetentionOfObjects() {
        ownRetention = true;
    }

    /**
     * Puts the newest generation of a name under holds, or takes it out.
     *
     * @param name the name
     * @param temporary whether under a temporary one
     * @param eventBased whether under one that an event ends
     */
    public synchronized void hold(String name, boolean temporary, boolean eventBased) {
        newest(name).hold(temporary, eventBased);
    }

    private FakeObject newest(String name) {
        List<FakeObject> all = objects.getOrDefault(name, List.of());
        return all.get(all.size() - 1);
    }

    synchronized void remove(String name, FakeObject object) {
        List<FakeObject> all = objects.getOrDefault(name, new ArrayList<>());
        all.remove(object);
        if (all.isEmpty()) {
            objects.remove(name);
        }
        if (live.remove(name, object)) {
            deleteFile(name);
        }
        if (softDelete != null) {
            softDeleted.add(object);
        }
    }

    /** {@return a resource, with what is told of its retention} */
    synchronized JsonObject described(String bucket, String name, FakeObject object) {
        JsonObject json = object.described(bucket, name);
        if (home != null) {
            json.addProperty(
                    "mediaLink",
                    home + "/download/storage/v1/b/" + bucket + "/o/"
                            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "?generation="
                            + object.generation() + "&alt=media");
        }
        return object.retained(json, ownRetention);
    }

    /** {@return the names and their generations, as they are now, from a name on; live ones only where asked} */
    synchronized NavigableMap<String, List<FakeObject>> from(String name, boolean all) {
        NavigableMap<String, List<FakeObject>> copy = new TreeMap<>();
        if (all) {
            objects.tailMap(name, true).forEach((each, some) -> copy.put(each, List.copyOf(some)));
        } else {
            for (Map.Entry<String, FakeObject> each : live.tailMap(name, true).entrySet()) {
                copy.put(each.getKey(), List.of(each.getValue()));
            }
        }
        return copy;
    }
}
