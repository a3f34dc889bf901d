package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Disks, snapshots and operations of a project, whose time is a clock that is handed in. Safe for concurrent calls. */
public final class FakeGceDisks {
    /** The zones of its region, and that. */
    public static final List<String> PLACES =
            List.of("regions/europe-west3", "zones/europe-west3-a", "zones/europe-west3-b", "zones/europe-west3-c");

    private static final Set<String> TYPES = Set.of("pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced");
    private static final String NAME = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String ADDRESS = "https://www.googleapis.com/compute/v1/";

    private final InstantSource clock;
    private final String project;
    private final Set<String> sources = new HashSet<>();
    private final List<FakeGceSnapshot> snapshots = new ArrayList<>();
    private final List<FakeGceDisk> disks = new ArrayList<>();
    private final List<FakeGceOperation> operations = new ArrayList<>();
    private final Map<String, Instant> latest = new HashMap<>();
    private final Set<String> badKeys = new HashSet<>();
    private Duration lag = Duration.ZERO;
    private Duration cutting = Duration.ofMinutes(1);
    private Duration pending = Duration.ofMinutes(10);
    private Duration creating = Duration.ofMinutes(1);
    private Duration deleting = Duration.ofSeconds(30);
    private Duration between = Duration.ZERO;
    private String nextFailure = "";
    private Duration failingAfter = Duration.ZERO;
    private long ids = 1_000;

    FakeGceDisks(InstantSource clock, String project) {
        this.clock = clock;
        this.project = project;
    }

    /** Sets how long it takes until what is accepted from now on begins. */
    public synchronized void lag(Duration value) {
        lag = value;
    }

    /** Sets how long it takes from its beginning until a snapshot's point in time is fixed. */
    public synchronized void cutting(Duration value) {
        cutting = value;
    }

    /** Sets how long it takes from its beginning until a snapshot is ready. */
    public synchronized void pending(Duration value) {
        pending = value;
    }

    /** Sets how long deletions take that begin from now on. */
    public synchronized void deleting(Duration value) {
        deleting = value;
    }

    /** Sets the least time between two snapshots of a disk. */
    public synchronized void between(Duration value) {
        between = value;
    }

    /** Lets the next operation fail by a code, so long after its beginning. */
    public synchronized void failNext(String code, Duration after) {
        nextFailure = code;
        failingAfter = after;
    }

    /** Lets disks fail that are to be encrypted with a key. */
    public synchronized void badKey(String key) {
        badKeys.add(key);
    }

    /** {@return the path of a disk that somebody has made} */
    public synchronized String disk(String place) {
        String path = "projects/" + project + "/" + place + "/disks/ledger-" + ++ids;
        sources.add(path);
        return path;
    }

    /** {@return the snapshots that are there, by a label} */
    public synchronized List<FakeGceSnapshot> snapshots(String label, String value) {
        return snapshots.stream()
                .filter(each ->
                        each.isThere(now()) && value.equals(each.labels().get(label)))
                .toList();
    }

    /** {@return the disks that are there and were made of snapshots, by a label} */
    public synchronized List<FakeGceDisk> disks(String label, String value) {
        return disks.stream()
                .filter(each ->
                        each.isThere(now()) && value.equals(each.labels().get(label)))
                .toList();
    }

    /** {@return how many snapshots there are} */
    public synchronized int size() {
        return (int) snapshots.stream().filter(each -> each.isThere(now())).count();
    }

    /** Adds a snapshot that somebody else has made. */
    public synchronized FakeGceSnapshot add(String name, String disk, Map<String, String> labels) {
        FakeGceSnapshot made = new FakeGceSnapshot(name, ++ids, disk, labels, List.of(), now(), now(), now());
        snapshots.add(made);
        return made;
    }

    /** Adds a disk that somebody else has made. */
    public synchronized void addDisk(String place, String name) {
        JsonObject said = new JsonObject();
        said.addProperty("name", name);
        disks.add(new FakeGceDisk(said(place, said), 0, now(), now()));
    }

    /**
     * Adds a disk of ours in the first zone, as one is that an operation has left.
     *
     * @param name its name
     * @param snapshot of which it was to be made
     * @param labels of the engine
     * @return it
     */
    public synchronized FakeGceDisk addDisk(String name, String snapshot, Map<String, String> labels) {
        JsonObject all = new JsonObject();
        labels.forEach(all::addProperty);
        all.addProperty("parix-volume", name);
        JsonObject said = new JsonObject();
        said.addProperty("name", name);
        said.add("labels", all);
        long of = find(snapshot).map(FakeGceSnapshot::id).orElse(0L);
        FakeGceDisk left = new FakeGceDisk(said("zones/europe-west3-a", said), of, now(), now());
        disks.add(left);
        return left;
    }

    private GceRequest said(String place, JsonObject body) {
        return new GceRequest("disks.insert", project, place, "", Map.of(), Map.of(), body);
    }

    private Instant now() {
        return clock.instant();
    }

    synchronized FakeGceOperation insertSnapshot(GceRequest request) {
        String name = request.text("name");
        String disk = request.text("sourceDisk");
        requireRight(request, Set.of("name", "description", "sourceDisk", "labels", "storageLocations"));
        if (!sources.contains(disk)) {
            throw new GceRefusal(404, "notFound");
        }
        boolean taken = find(name).isPresent() || isUnderWay("global/snapshots/" + name);
        if (taken) {
            throw new GceRefusal(409, "alreadyExists");
        }
        Instant begins = now().plus(lag);
        Instant before = latest.get(disk);
        boolean early = before != null && before.plus(between).isAfter(begins);
        FakeGceOperation accepted = accept(request, "insert", "global/snapshots/" + name, pending);
        if (early) {
            return replace(accepted, accepted.ending(Duration.ZERO, "RESOURCE_OPERATION_RATE_EXCEEDED"));
        }
        if (!accepted.error().isEmpty()) {
            return accepted;
        }
        latest.put(disk, begins);
        snapshots.add(new FakeGceSnapshot(
                name,
                ++ids,
                disk,
                request.labels(),
                locations(request),
                begins,
                begins.plus(cutting),
                begins.plus(pending)));
        return accepted;
    }

    private static List<String> locations(GceRequest request) {
        JsonElement where = request.body().get("storageLocations");
        return where == null
                ? List.of()
                : StreamSupport.stream(where.getAsJsonArray().spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList();
    }

    private static void requireRight(GceRequest request, Set<String> fields) {
        boolean labels = request.labels().entrySet().stream()
                .allMatch(each -> each.getKey().matches("[a-z][a-z0-9_-]{0,62}")
                        && each.getValue().matches("[a-z0-9_-]{0,63}"));
        if (!fields.containsAll(request.body().keySet())
                || !request.text("name").matches(NAME)
                || !labels) {
            throw new GceRefusal(400, "invalid");
        }
    }

    private FakeGceOperation accept(GceRequest request, String type, String target, Duration duration) {
        Instant begins = now().plus(lag);
        FakeGceOperation accepted = new FakeGceOperation(
                String.format(Locale.ROOT, "operation-%d", ++ids),
                type,
                request.scope(),
                ADDRESS + "projects/" + project + "/" + target,
                now(),
                begins,
                begins.plus(duration),
                "");
        operations.add(accepted);
        if (nextFailure.isEmpty()) {
            return accepted;
        }
        String code = nextFailure;
        nextFailure = "";
        return replace(accepted, accepted.ending(failingAfter, code));
    }

    private FakeGceOperation replace(FakeGceOperation one, FakeGceOperation by) {
        operations.set(operations.indexOf(one), by);
        return by;
    }

    private boolean isUnderWay(String target) {
        return operations.stream()
                .anyMatch(each ->
                        each.target().endsWith("/" + target) && each.type().equals("insert") && !each.hasBegun(now()));
    }

    private Optional<FakeGceSnapshot> find(String name) {
        return snapshots.stream()
                .filter(each -> each.name().equals(name) && each.isThere(now()))
                .findFirst();
    }

    synchronized FakeGceSnapshot snapshot(GceRequest request) {
        return find(request.name()).orElseThrow(() -> new GceRefusal(404, "notFound"));
    }

    synchronized FakeGceOperation deleteSnapshot(GceRequest request) {
        FakeGceSnapshot there = snapshot(request);
        if (there.used) {
            throw new GceRefusal(400, "resourceInUseByAnotherResource");
        }
        FakeGceOperation accepted = accept(request, "delete", "global/snapshots/" + there.name(), deleting);
        if (there.usedLater) {
            return replace(accepted, accepted.ending(Duration.ofSeconds(5), "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE"));
        }
        there.deletingAt = accepted.begins();
        there.goneAt = accepted.ends();
        return accepted;
    }

    synchronized List<FakeGceSnapshot> list(GceRequest request) {
        return snapshots.stream()
                .filter(each -> each.isThere(now()) && request.byLabels().test(each.labels()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    synchronized List<FakeGceOperation> operations(GceRequest request) {
        return operations.stream()
                .filter(each -> request.byTarget().test(each.target()))
                .filter(each ->
                        request.scope().equals("aggregated") || each.scope().equals(request.scope()))
                .toList();
    }

    synchronized FakeGceOperation insertDisk(GceRequest request) {
        requireRight(
                request,
                Set.of(
                        "name",
                        "description",
                        "sourceSnapshot",
                        "labels",
                        "type",
                        "sizeGb",
                        "provisionedIops",
                        "provisionedThroughput",
                        "replicaZones",
                        "diskEncryptionKey"));
        String name = request.text("name");
        if (!PLACES.contains(request.scope())) {
            throw new GceRefusal(400, "invalid");
        }
        String type = request.text("type");
        if (!type.isEmpty() && !TYPES.contains(type.substring(type.lastIndexOf('/') + 1))) {
            throw new GceRefusal(404, "notFound");
        }
        String source = request.text("sourceSnapshot");
        FakeGceSnapshot of =
                find(source.substring(source.lastIndexOf('/') + 1)).orElseThrow(() -> new GceRefusal(404, "notFound"));
        if (!of.status(now()).equals("READY")) {
            throw new GceRefusal(400, "resourceNotReady");
        }
        String target = request.scope() + "/disks/" + name;
        if (diskAt(target).isPresent() || isUnderWay(target)) {
            throw new GceRefusal(409, "alreadyExists");
        }
        FakeGceOperation accepted = accept(request, "insert", target, creating);
        if (badKeys.contains(key(request))) {
            return replace(accepted, accepted.ending(Duration.ofSeconds(5), "KMS_PERMISSION_DENIED"));
        }
        if (accepted.error().isEmpty()) {
            disks.add(new FakeGceDisk(request, of.id(), accepted.begins(), accepted.ends()));
        }
        return accepted;
    }

    private static String key(GceRequest request) {
        return Optional.ofNullable(request.body().getAsJsonObject("diskEncryptionKey"))
                .map(key -> key.get("kmsKeyName").getAsString())
                .orElse("");
    }

    private Optional<FakeGceDisk> diskAt(String target) {
        return disks.stream()
                .filter(each -> each.path().endsWith("/" + target) && each.isThere(now()))
                .findFirst();
    }

    synchronized List<FakeGceDisk> listDisks(GceRequest request) {
        return disks.stream()
                .filter(each -> each.isThere(now()) && request.byLabels().test(each.labels()))
                .toList();
    }

    synchronized FakeGceDisk disk(GceRequest request) {
        if (!PLACES.contains(request.scope())) {
            throw new GceRefusal(400, "invalid");
        }
        return diskAt(request.scope() + "/disks/" + request.name()).orElseThrow(() -> new GceRefusal(404, "notFound"));
    }

    synchronized FakeGceOperation deleteDisk(GceRequest request) {
        FakeGceDisk there = disk(request);
        String target = request.scope() + "/disks/" + request.name();
        if (there.isAttached()) {
            throw new GceRefusal(400, "resourceInUseByAnotherResource");
        }
        if (there.status(now()).equals("CREATING")) {
            throw new GceRefusal(400, "resourceNotReady");
        }
        FakeGceOperation accepted = accept(request, "delete", target, deleting);
        there.deletingAt = accepted.begins();
        there.goneAt = accepted.ends();
        return accepted;
    }

    InstantSource clock() {
        return clock;
    }
}
