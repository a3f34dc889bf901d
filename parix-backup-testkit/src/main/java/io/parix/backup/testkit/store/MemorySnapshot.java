package io.parix.backup.testkit.store;

import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One snapshot in memory. For one thread at a time. */
final class MemorySnapshot {
    private static final int WHOLE = 100;

    final String volume;
    final Instant requestedAt;
    final SnapshotTimes times;
    private final Map<String, String> labels;
    private final String failure;

    @Nullable
    Instant deletedAt;

    MemorySnapshot(
            String volume, Map<String, String> labels, Instant requestedAt, SnapshotTimes times, String failure) {
        this.volume = volume;
        this.labels = Map.copyOf(labels);
        this.requestedAt = requestedAt;
        this.times = times;
        this.failure = failure;
    }

    boolean labelled(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    boolean pending(Instant now) {
        State state = state(now);
        return state == State.CUTTING || state == State.CUT;
    }

    State state(Instant now) {
        if (deletedAt != null && !deletedAt.plus(times.gone()).isAfter(now)) {
            return State.GONE;
        }
        if (!now.isBefore(requestedAt.plus(times.usable()))) {
            return failure.isEmpty() ? State.USABLE : State.FAILED;
        }
        return now.isBefore(requestedAt.plus(times.cut())) ? State.CUTTING : State.CUT;
    }

    Snapshot describe(String name, Instant now) {
        State state = state(now);
        long whole = Math.max(1, times.usable().toMillis());
        long done = Duration.between(requestedAt, now).toMillis() * WHOLE / whole;
        int percent = state == State.USABLE ? WHOLE : (int) Math.min(WHOLE - 1, done);
        String reason = state == State.FAILED ? failure : "";
        return new Snapshot(name, state, percent, reason, labels, "of " + volume + " at " + requestedAt);
    }
}
