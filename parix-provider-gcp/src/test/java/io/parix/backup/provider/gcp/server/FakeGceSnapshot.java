package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot of a disk. What was said of it when it was made stays; the rest is what tests do to it. */
public final class FakeGceSnapshot {
    private final String name;
    private final long id;
    private final String disk;
    private final Map<String, String> labels;
    private final List<String> locations;
    final Instant visibleAt;
    final Instant cutAt;
    final Instant readyAt;

    volatile @Nullable Instant deletingAt;
    volatile @Nullable Instant goneAt;
    volatile boolean used;
    volatile boolean usedLater;
    private volatile String statusInstead = "";

    FakeGceSnapshot(
            String name,
            long id,
            String disk,
            Map<String, String> labels,
            List<String> locations,
            Instant visibleAt,
            Instant cutAt,
            Instant readyAt) {
        this.name = name;
        this.id = id;
        this.disk = disk;
        this.labels = Map.copyOf(labels);
        this.locations = List.copyOf(locations);
        this.visibleAt = visibleAt;
        this.cutAt = cutAt;
        this.readyAt = readyAt;
    }

    /** {@return what it is called} */
    public String name() {
        return name;
    }

    /** {@return its number} */
    public long id() {
        return id;
    }

    /** {@return the path of its disk} */
    public String disk() {
        return disk;
    }

    /** {@return its labels} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return where it is stored, where that was asked for} */
    public List<String> locations() {
        return locations;
    }

    /** Lets its deletion be refused at once. */
    public void use() {
        used = true;
    }

    /** Lets its deletion be accepted, and fail when it runs. */
    public void useLater() {
        usedLater = true;
    }

    /** Lets nothing use it. */
    public void letGo() {
        used = false;
        usedLater = false;
    }

    /** Puts it into another state. */
    public void status(String instead) {
        statusInstead = instead;
    }

    boolean isThere(Instant now) {
        Instant gone = goneAt;
        return !now.isBefore(visibleAt) && (gone == null || now.isBefore(gone));
    }

    String status(Instant now) {
        Instant deleting = deletingAt;
        if (deleting != null && !now.isBefore(deleting)) {
            return "DELETING";
        }
        if (!statusInstead.isEmpty()) {
            return statusInstead;
        }
        if (now.isBefore(cutAt)) {
            return "CREATING";
        }
        return now.isBefore(readyAt) ? "UPLOADING" : "READY";
    }

    JsonObject json(Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", "compute#snapshot");
        json.addProperty("id", String.valueOf(id));
        json.addProperty("name", name);
        json.addProperty("status", status(now));
        json.addProperty("sourceDisk", "https://www.googleapis.com/compute/v1/" + disk);
        json.addProperty("sourceDiskId", "4711");
        json.addProperty("diskSizeGb", "100");
        json.addProperty("creationTimestamp", visibleAt.toString());
        json.addProperty("aFieldOfTomorrow", "unknown to the client");
        JsonObject all = new JsonObject();
        labels.forEach(all::addProperty);
        json.add("labels", all);
        JsonArray where = new JsonArray();
        (locations.isEmpty() ? List.of("eu") : locations).forEach(where::add);
        json.add("storageLocations", where);
        return json;
    }
}
