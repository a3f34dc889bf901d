package io.parix.backup.provider.aws.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot of a volume. Its id, volume and times stay; the rest is what tests do to it. */
public final class FakeEbsSnapshot {
    private static final int WHOLE = 100;

    private final String id;
    private final String volume;
    private final String failure;
    private final Instant started;
    private final Instant readyAt;
    final Map<String, String> tags;
    final Instant visibleAt;

    volatile @Nullable Instant deletedAt;
    volatile @Nullable Instant lockedUntil;
    volatile boolean used;
    private volatile boolean archived;
    private volatile String stateInstead = "";
    private volatile String lockState = "governance";

    FakeEbsSnapshot(
            String id,
            String volume,
            String failure,
            Map<String, String> tags,
            Instant started,
            Instant readyAt,
            Instant visibleAt) {
        this.id = id;
        this.volume = volume;
        this.failure = failure;
        this.tags = Map.copyOf(tags);
        this.started = started;
        this.readyAt = readyAt;
        this.visibleAt = visibleAt;
    }

    /** {@return its id} */
    public String id() {
        return id;
    }

    /** {@return of which volume} */
    public String volume() {
        return volume;
    }

    /** {@return its tags} */
    public Map<String, String> tags() {
        return tags;
    }

    Instant started() {
        return started;
    }

    Instant readyAt() {
        return readyAt;
    }

    /** Locks it. */
    public void lock(Instant until, String mode) {
        lockedUntil = until;
        lockState = mode;
    }

    /** Lets an image be registered with it. */
    public void use() {
        used = true;
    }

    /** Lets nothing use it. */
    public void letGo() {
        used = false;
    }

    /** Moves it to the archive tier. */
    public void archive() {
        archived = true;
    }

    /** Puts it into another state of EC2's. */
    public void state(String instead) {
        stateInstead = instead;
    }

    boolean isLocked(Instant now) {
        Instant until = lockedUntil;
        return until != null && until.isAfter(now);
    }

    String state(Instant now) {
        if (!stateInstead.isEmpty()) {
            return stateInstead;
        }
        if (now.isBefore(readyAt)) {
            return "pending";
        }
        return failure.isEmpty() ? "completed" : "error";
    }

    /** Writes what an answer to its making, and an item of a description, says of it. */
    void write(Ec2Xml xml, Instant now) {
        String state = state(now);
        xml.text("snapshotId", id);
        xml.text("volumeId", volume);
        xml.text("status", state);
        if (state.equals("error")) {
            xml.text("statusMessage", failure);
        }
        xml.text("startTime", started);
        long whole = Math.max(1, Duration.between(started, readyAt).toMillis());
        long done = Math.min(WHOLE, Duration.between(started, now).toMillis() * WHOLE / whole);
        xml.text("progress", done + "%");
        xml.text("ownerId", FakeS3.OWNER);
        xml.text("volumeSize", 100);
        xml.text("encrypted", false);
        xml.text("storageTier", archived ? "archive" : "standard");
        xml.tags(tags);
    }

    void writeLock(Ec2Xml xml, Instant now) {
        xml.text("ownerId", FakeS3.OWNER);
        xml.text("snapshotId", id);
        xml.text("lockState", isLocked(now) ? lockState : "expired");
        xml.text("lockCreatedOn", started);
        xml.text("lockExpiresOn", String.valueOf(lockedUntil));
    }
}
