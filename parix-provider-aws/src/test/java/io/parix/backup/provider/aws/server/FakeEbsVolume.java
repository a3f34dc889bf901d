package io.parix.backup.provider.aws.server;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume. Its id, origin and times stay; the rest is what tests do to it. */
public final class FakeEbsVolume {
    private final String id;
    private final String snapshot;
    private final String zone;
    private final Instant created;
    private final Instant readyAt;
    final Map<String, String> tags;

    volatile Instant visibleAt;
    volatile @Nullable Instant deletedAt;
    volatile boolean attached;
    volatile boolean failed;
    volatile String token = "";
    volatile String type = "gp2";

    FakeEbsVolume(String id, String snapshot, String zone, Map<String, String> tags, Instant created, Instant readyAt) {
        this.id = id;
        this.snapshot = snapshot;
        this.zone = zone;
        this.tags = Map.copyOf(tags);
        this.created = created;
        this.readyAt = readyAt;
        this.visibleAt = created;
    }

    /** {@return its id} */
    public String id() {
        return id;
    }

    /** {@return the id of the snapshot that it was made of} */
    public String snapshot() {
        return snapshot;
    }

    /** {@return its tags} */
    public Map<String, String> tags() {
        return tags;
    }

    /** {@return its type} */
    public String type() {
        return type;
    }

    /** Attaches it to a machine. */
    public void attach() {
        attached = true;
    }

    /** Takes it off the machine. */
    public void detach() {
        attached = false;
    }

    String state(Instant now) {
        if (deletedAt != null) {
            return "deleting";
        }
        if (now.isBefore(readyAt)) {
            return "creating";
        }
        if (failed) {
            return "error";
        }
        return attached ? "in-use" : "available";
    }

    /** Writes what an answer to its making, and an item of a description, says of it. */
    void write(Ec2Xml xml, Instant now) {
        xml.text("volumeId", id);
        xml.text("size", 100);
        xml.text("snapshotId", snapshot);
        xml.text("availabilityZone", zone);
        xml.text("status", state(now));
        xml.text("createTime", created);
        xml.text("volumeType", type);
        xml.tags(tags);
    }
}
