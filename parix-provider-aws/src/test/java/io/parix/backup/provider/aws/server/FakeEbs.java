package io.parix.backup.provider.aws.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Volumes and snapshots of an account, whose time is a clock that is handed in. Safe for concurrent calls. */
public final class FakeEbs {
    /** The zones of its region. */
    public static final List<String> ZONES = List.of("eu-central-1a", "eu-central-1b", "eu-central-1c");

    private final InstantSource clock;
    private final Map<String, FakeEbsSnapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, FakeEbsVolume> volumes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tokens = new HashMap<>();
    private final Map<String, String> failing = new HashMap<>();
    private final Set<String> badKeys = new HashSet<>();
    private Duration pending = Duration.ofMinutes(10);
    private Duration creating = Duration.ofMinutes(1);
    private Duration lag = Duration.ZERO;
    private Duration lingering = Duration.ZERO;
    private Duration between = Duration.ZERO;
    private boolean knowsWhatIsFresh;
    private int pendingPerVolume;
    private String lockedCode = "SnapshotLocked";
    private long ids;

    FakeEbs(InstantSource clock) {
        this.clock = clock;
    }

    /** Sets how long snapshots are pending that are asked for from now on. */
    public synchronized void pending(Duration value) {
        pending = value;
    }

    /** Sets how long volumes are being made that are asked for from now on. */
    public synchronized void creating(Duration value) {
        creating = value;
    }

    /** Sets how long it takes until a description shows what is made from now on. */
    public synchronized void lag(Duration value) {
        lag = value;
    }

    /** Lets what no description shows yet be deleted; otherwise EC2 says that it does not know it. */
    public synchronized void knowWhatIsFresh() {
        knowsWhatIsFresh = true;
    }

    /** Sets how long a description still shows what was deleted. */
    public synchronized void lingering(Duration value) {
        lingering = value;
    }

    /** Sets the least time between two snapshots of a volume. */
    public synchronized void between(Duration value) {
        between = value;
    }

    /** Sets how many snapshots of a volume may be pending, those that were deleted meanwhile included; 0 for any number. */
    public synchronized void pendingPerVolume(int value) {
        pendingPerVolume = value;
    }

    /** Sets the code by which a locked snapshot is kept. */
    public synchronized void lockedCode(String value) {
        lockedCode = value;
    }

    /** Lets snapshots of a volume fail when they would have been completed. */
    public synchronized void failing(String volume, String message) {
        failing.put(volume, message);
    }

    /** Lets volumes fail that are to be encrypted with a key: EC2 finds it out after it has answered. */
    public synchronized void badKey(String key) {
        badKeys.add(key);
    }

    /** {@return the id of a volume that somebody has made} */
    public synchronized String volume() {
        String id = id("vol");
        volumes.put(id, new FakeEbsVolume(id, "", ZONES.get(0), Map.of(), clock.instant(), clock.instant()));
        return id;
    }

    /** {@return the snapshots that a description may show, by a tag} */
    public synchronized List<FakeEbsSnapshot> snapshots(String tag, String value) {
        return snapshots.values().stream()
                .filter(each -> value.equals(each.tags.get(tag)) && each.deletedAt == null)
                .toList();
    }

    /** {@return the volumes that are not deleted and have a tag} */
    public synchronized List<FakeEbsVolume> volumes(String tag, String value) {
        return volumes.values().stream()
                .filter(each -> value.equals(each.tags.get(tag)) && each.deletedAt == null)
                .toList();
    }

    /** {@return how many snapshots there are} */
    public synchronized int size() {
        return (int) snapshots.values().stream()
                .filter(each -> each.deletedAt == null)
                .count();
    }

    /** Adds a snapshot that somebody else has made. */
    public synchronized FakeEbsSnapshot add(String volume, Map<String, String> tags) {
        FakeEbsSnapshot made = new FakeEbsSnapshot(
                id("snap"), volume, "", tags, clock.instant(), clock.instant().plus(pending), clock.instant());
        snapshots.put(made.id(), made);
        return made;
    }

    private String id(String kind) {
        return String.format(Locale.ROOT, "%s-%017x", kind, ++ids);
    }

    /** {@return what is done with all of it at one moment} */
    private Instant now() {
        return clock.instant();
    }

    synchronized FakeEbsSnapshot create(Ec2Request request) {
        String volume = request.get("VolumeId");
        if (!volume.matches("vol-[0-9a-f]{8}([0-9a-f]{9})?")) {
            throw new Ec2Refusal("InvalidVolumeID.Malformed");
        }
        if (!volumes.containsKey(volume)) {
            throw new Ec2Refusal("InvalidVolume.NotFound");
        }
        requireRoom(volume);
        FakeEbsSnapshot made = new FakeEbsSnapshot(
                id("snap"),
                volume,
                failing.getOrDefault(volume, ""),
                request.tags("snapshot"),
                now(),
                now().plus(pending),
                now().plus(lag));
        snapshots.put(made.id(), made);
        return made;
    }

    private void requireRoom(String volume) {
        List<FakeEbsSnapshot> of = snapshots.values().stream()
                .filter(each -> each.volume().equals(volume))
                .toList();
        if (of.stream().anyMatch(each -> each.started().plus(between).isAfter(now()))) {
            throw new Ec2Refusal("SnapshotCreationPerVolumeRateExceeded");
        }
        // One that was deleted counts until it would have been completed.
        long pendingNow =
                of.stream().filter(each -> each.readyAt().isAfter(now())).count();
        if (pendingPerVolume > 0 && pendingNow >= pendingPerVolume) {
            throw new Ec2Refusal("ConcurrentSnapshotLimitExceeded");
        }
    }

    synchronized void delete(Ec2Request request) {
        FakeEbsSnapshot there = snapshots.get(request.get("SnapshotId"));
        if (there == null || there.deletedAt != null || isUnknown(there.visibleAt)) {
            throw new Ec2Refusal("InvalidSnapshot.NotFound");
        }
        if (there.isLocked(now())) {
            throw new Ec2Refusal(lockedCode.equals("UnauthorizedOperation") ? 403 : 400, lockedCode);
        }
        if (there.used) {
            throw new Ec2Refusal("InvalidSnapshot.InUse");
        }
        there.deletedAt = now();
    }

    /** EC2 describes in no order that anybody may rely on. */
    synchronized List<FakeEbsSnapshot> described(Ec2Request request) {
        return snapshots.values().stream()
                .filter(each -> isShown(each.visibleAt, each.deletedAt) && request.matches(each.tags))
                .sorted(Comparator.comparing((FakeEbsSnapshot each) -> new StringBuilder(each.id()).reverse()))
                .toList();
    }

    synchronized List<FakeEbsSnapshot> locked(Ec2Request request) {
        List<FakeEbsSnapshot> found = new ArrayList<>();
        for (String id : request.list("SnapshotId")) {
            FakeEbsSnapshot there = snapshots.get(id);
            if (there == null) {
                throw new Ec2Refusal("InvalidSnapshot.NotFound");
            }
            if (there.lockedUntil != null) {
                found.add(there);
            }
        }
        return found;
    }

    private boolean isUnknown(Instant visibleAt) {
        return !knowsWhatIsFresh && visibleAt.isAfter(now());
    }

    private boolean isShown(Instant visibleAt, @Nullable Instant deletedAt) {
        return !visibleAt.isAfter(now())
                && (deletedAt == null || deletedAt.plus(lingering).isAfter(now()));
    }

    synchronized FakeEbsVolume createVolume(Ec2Request request) {
        String token = request.get("ClientToken");
        Map<String, String> known = tokens.get(token);
        if (known != null) {
            if (!known.equals(said(request))) {
                throw new Ec2Refusal("IdempotentParameterMismatch");
            }
            return volumes.values().stream()
                    .filter(each -> each.token.equals(token))
                    .findFirst()
                    .orElseThrow(() -> new Ec2Refusal(500, "InternalError"));
        }
        FakeEbsSnapshot of = snapshots.get(request.get("SnapshotId"));
        if (of == null || of.deletedAt != null) {
            throw new Ec2Refusal("InvalidSnapshot.NotFound");
        }
        if (!of.state(now()).equals("completed")) {
            throw new Ec2Refusal("IncorrectState");
        }
        if (!ZONES.contains(request.get("AvailabilityZone"))) {
            throw new Ec2Refusal("InvalidZone.NotFound");
        }
        FakeEbsVolume made = new FakeEbsVolume(
                id("vol"),
                of.id(),
                request.get("AvailabilityZone"),
                request.tags("volume"),
                now(),
                now().plus(creating));
        made.token = token;
        made.type = request.has("VolumeType") ? request.get("VolumeType") : "gp2";
        made.failed = badKeys.contains(request.get("KmsKeyId"));
        made.visibleAt = now().plus(lag);
        volumes.put(made.id(), made);
        tokens.put(token, said(request));
        return made;
    }

    private static Map<String, String> said(Ec2Request request) {
        return Map.copyOf(request.parameters());
    }

    synchronized List<FakeEbsVolume> describedVolumes(Ec2Request request) {
        return volumes.values().stream()
                .filter(each -> isShown(each.visibleAt, each.deletedAt) && request.matches(each.tags))
                .sorted(Comparator.comparing((FakeEbsVolume each) -> new StringBuilder(each.id()).reverse()))
                .toList();
    }

    synchronized void deleteVolume(Ec2Request request) {
        FakeEbsVolume there = volumes.get(request.get("VolumeId"));
        if (there == null || there.deletedAt != null || isUnknown(there.visibleAt)) {
            throw new Ec2Refusal("InvalidVolume.NotFound");
        }
        if (there.attached) {
            throw new Ec2Refusal("VolumeInUse");
        }
        if (there.state(now()).equals("creating")) {
            throw new Ec2Refusal("IncorrectState");
        }
        there.deletedAt = now();
    }

    InstantSource clock() {
        return clock;
    }
}
