package io.parix.backup.testkit.store;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of volumes that exist by name only. Safe for concurrent calls. Time is the clock handed in: what takes long is there once
 * the clock was moved on.
 */
public final class InMemoryVolumeSnapshots implements VolumeSnapshots {
    private final InstantSource clock;
    private final NavigableMap<String, MemorySnapshot> snapshots = new TreeMap<>();
    private final Map<String, Instant> lastOf = new HashMap<>();
    private final Map<String, String> failing = new HashMap<>();
    private final Map<String, Optional<Instant>> locked = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final MemoryVolumes made = new MemoryVolumes();
    private SnapshotTimes times = SnapshotTimes.AT_ONCE;
    private boolean listing = true;
    private boolean making = true;

    /**
     * A place that makes snapshots at once.
     *
     * @param clock what states, locks and limits are told by
     */
    public InMemoryVolumeSnapshots(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Sets how fast and how many; snapshots that were asked for before keep what was set then.
     *
     * @param value for what is asked for from now on
     */
    public synchronized void times(SnapshotTimes value) {
        times = value;
    }

    /**
     * Makes the snapshots of a volume fail that are asked for from now on, when they would have become usable.
     *
     * @param volume which
     * @param reason why; empty lets them succeed again
     */
    public synchronized void failing(String volume, String reason) {
        failing.put(volume, reason);
    }

    /**
     * Locks a snapshot against deletion.
     *
     * @param name its name
     * @param until when the lock ends, or null where the place does not tell
     */
    public synchronized void lock(String name, @Nullable Instant until) {
        locked.put(name, Optional.ofNullable(until));
    }

    /**
     * Says that something uses a snapshot, or a volume that was made of one.
     *
     * @param name its name
     */
    public synchronized void use(String name) {
        used.add(name);
    }

    /**
     * Says that nothing uses a snapshot, or a volume, any more.
     *
     * @param name its name
     */
    public synchronized void letGo(String name) {
        used.remove(name);
    }

    /** {@return the names of all snapshots that are not gone, in order} */
    public synchronized List<String> names() {
        Instant now = clock.instant();
        return snapshots.entrySet().stream()
                .filter(each -> each.getValue().state(now) != State.GONE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Sets how long it takes to make a volume of a snapshot; nothing, unless set.
     *
     * @param takes for those that are asked for from now on
     */
    public synchronized void making(Duration takes) {
        made.making(takes);
    }

    /** {@return the names of all volumes that were made of snapshots and are not gone, in order} */
    public synchronized List<String> volumeNames() {
        return made.names(Map.of(), null, clock.instant());
    }

    /** Claims no listing by labels from now on, and refuses it, as the SPI has it of what is not claimed. */
    public synchronized void claimNoListing() {
        listing = false;
    }

    /** Claims not to make volumes of snapshots from now on, and refuses it. */
    public synchronized void claimNoVolumes() {
        making = false;
    }

    /** {@return what the place can do, as it is set now} */
    public synchronized SnapshotCapabilities capabilities() {
        return new SnapshotCapabilities(
                true, listing, making, SnapshotCapabilities.GroupCut.NONE, times.interval(), times.pending());
    }

    @Override
    public synchronized Snapshot request(String name, String volume, Map<String, String> labels, CallContext call) {
        Arrival.requireTime(call, "asking for snapshot " + name);
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot make snapshot " + name + ": a name has 1 to 63 characters of a-z, 0-9, '-'.");
        }
        Instant now = clock.instant();
        MemorySnapshot there = there(name, now);
        if (there == null) {
            requireRoom(name, volume, now);
            there = new MemorySnapshot(volume, labels, now, times, failing.getOrDefault(volume, ""));
            snapshots.put(name, there);
            lastOf.put(volume, now);
        } else if (!there.volume.equals(volume)) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "Cannot make snapshot " + name + " of volume " + volume + ": there is one of " + there.volume
                            + ".");
        }
        return there.describe(name, now);
    }

    private void requireRoom(String name, String volume, Instant now) {
        Instant next = lastOf.getOrDefault(volume, Instant.MIN);
        if (lastOf.containsKey(volume) && next.plus(times.interval()).isAfter(now)) {
            throw ProviderException.throttled(
                    "Cannot make snapshot " + name + ": volume " + volume + " had one at " + next
                            + ", the next may be made " + times.interval() + " later.",
                    Duration.between(now, next.plus(times.interval())),
                    null);
        }
        long pending = snapshots.values().stream()
                .filter(each -> each.volume.equals(volume) && each.pending(now))
                .count();
        if (times.pending() > 0 && pending >= times.pending()) {
            throw new ProviderException(
                    ErrorKind.QUOTA,
                    "Cannot make snapshot " + name + ": " + pending + " of volume " + volume + " are pending.");
        }
    }

    @Override
    public synchronized Snapshot describe(String name, CallContext call) {
        Arrival.requireTime(call, "describing snapshot " + name);
        Instant now = clock.instant();
        MemorySnapshot there = there(name, now);
        return there == null ? new Snapshot(name, State.GONE, 0, "", Map.of(), "") : there.describe(name, now);
    }

    @Override
    public synchronized DeleteOutcome delete(String name, CallContext call) {
        Arrival.requireTime(call, "deleting snapshot " + name);
        return delete(name, clock.instant());
    }

    private DeleteOutcome delete(String name, Instant now) {
        MemorySnapshot there = there(name, now);
        if (there == null) {
            return new DeleteOutcome.Absent();
        }
        Optional<Instant> lock = locked.get(name);
        if (lock != null && lock.map(until -> until.isAfter(now)).orElse(true)) {
            return new DeleteOutcome.Locked(lock.orElse(null));
        }
        if (used.contains(name)) {
            return new DeleteOutcome.Failed(ErrorKind.IN_USE, "Something uses snapshot " + name + ".");
        }
        if (there.deletedAt == null) {
            there.deletedAt = now;
        }
        return new DeleteOutcome.Deleted();
    }

    @Override
    public synchronized List<Snapshot> list(Map<String, String> labels, @Nullable String after, CallContext call) {
        Arrival.requireTime(call, "listing snapshots");
        requireListing("snapshots");
        Instant now = clock.instant();
        NavigableMap<String, MemorySnapshot> rest = after == null ? snapshots : snapshots.tailMap(after, false);
        return rest.entrySet().stream()
                .filter(each -> each.getValue().state(now) != State.GONE
                        && each.getValue().labelled(labels))
                .limit(ObjectStore.MAX_PAGE)
                .map(each -> each.getValue().describe(each.getKey(), now))
                .toList();
    }

    @Override
    public synchronized Optional<String> materialize(VolumeRequest wanted, CallContext call) {
        Arrival.requireTime(call, "making volume " + wanted.name());
        if (!making) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot make volume " + wanted.name() + ": the place does not claim to make any.");
        }
        Instant now = clock.instant();
        MemorySnapshot there = there(wanted.snapshot(), now);
        if (there == null || there.state(now) != State.USABLE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot make volume " + wanted.name() + ": snapshot " + wanted.snapshot() + " is not usable.");
        }
        if (wanted.placement().containsKey("nowhere")) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST, "Cannot make volume " + wanted.name() + ": there is no such placement.");
        }
        return made.make(wanted, now);
    }

    @Override
    public synchronized DeleteOutcome deleteVolume(String name, CallContext call) {
        Arrival.requireTime(call, "deleting volume " + name);
        Instant now = clock.instant();
        return used.contains(name) && made.isThere(name, now)
                ? new DeleteOutcome.Failed(ErrorKind.IN_USE, "Volume " + name + " is attached.")
                : made.delete(name, now, times.gone());
    }

    @Override
    public synchronized List<String> volumes(Map<String, String> labels, @Nullable String after, CallContext call) {
        Arrival.requireTime(call, "listing volumes");
        requireListing("volumes");
        return made.names(labels, after, clock.instant());
    }

    private void requireListing(String what) {
        if (!listing) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST, "Cannot list " + what + ": the place does not claim to list by labels.");
        }
    }

    private @Nullable MemorySnapshot there(String name, Instant now) {
        MemorySnapshot there = snapshots.get(name);
        if (there != null && there.state(now) == State.GONE) {
            snapshots.remove(name);
            return null;
        }
        return there;
    }
}
