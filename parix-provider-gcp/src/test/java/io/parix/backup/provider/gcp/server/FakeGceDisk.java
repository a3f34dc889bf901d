package io.parix.backup.provider.gcp.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk in a zone or a region. What was said of it when it was made stays; the rest is what tests do to it. */
public final class FakeGceDisk {
    private final String project;
    private final String scope;
    private final String name;
    private final long snapshot;
    private final JsonObject asked;
    private final Map<String, String> labels;
    final Instant visibleAt;
    final Instant readyAt;

    volatile @Nullable Instant deletingAt;
    volatile @Nullable Instant goneAt;
    private volatile boolean attached;
    private volatile String statusInstead = "";

    FakeGceDisk(GceRequest request, long snapshot, Instant visibleAt, Instant readyAt) {
        this.project = request.project();
        this.scope = request.scope();
        this.name = request.text("name");
        this.snapshot = snapshot;
        this.asked = request.body();
        this.labels = Map.copyOf(request.labels());
        this.visibleAt = visibleAt;
        this.readyAt = readyAt;
    }

    /** {@return its path} */
    public String path() {
        return "projects/" + project + "/" + scope + "/disks/" + name;
    }

    String scope() {
        return scope;
    }

    /** {@return its labels} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return what was asked for} */
    public JsonObject asked() {
        return asked;
    }

    /** Attaches it to a machine. */
    public void attach() {
        attached = true;
    }

    /** Detaches it. */
    public void detach() {
        attached = false;
    }

    /** Puts it into another state. */
    public void status(String instead) {
        statusInstead = instead;
    }

    boolean isAttached() {
        return attached;
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
        return now.isBefore(readyAt) ? "CREATING" : "READY";
    }

    JsonObject json(Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", "compute#disk");
        json.addProperty("id", "4712");
        json.addProperty("name", name);
        json.addProperty("status", status(now));
        json.addProperty("sizeGb", "100");
        json.addProperty("sourceSnapshotId", String.valueOf(snapshot));
        json.addProperty("selfLink", "https://www.googleapis.com/compute/v1/" + path());
        JsonObject all = new JsonObject();
        labels.forEach(all::addProperty);
        json.add("labels", all);
        if (attached) {
            JsonArray users = new JsonArray();
            users.add("https://www.googleapis.com/compute/v1/projects/" + project + "/zones/z/instances/reader");
            json.add("users", users);
        }
        return json;
    }
}
