package io.parix.backup.testkit.store;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Volumes in memory that were made of snapshots. For one thread at a time. */
final class MemoryVolumes {
    private final NavigableMap<String, Made> made = new TreeMap<>();
    private Duration making = Duration.ZERO;

    private static final class Made {
        private final VolumeRequest wanted;
        private final Instant readyAt;

        @Nullable
        private Instant goneAt;

        private Made(VolumeRequest wanted, Instant readyAt) {
            this.wanted = wanted;
            this.readyAt = readyAt;
        }
    }

    void making(Duration takes) {
        making = takes;
    }

    Optional<String> make(VolumeRequest wanted, Instant now) {
        Made there = there(wanted.name(), now);
        if (there == null) {
            there = new Made(wanted, now.plus(making));
            made.put(wanted.name(), there);
        } else if (!there.wanted.snapshot().equals(wanted.snapshot())) {
            throw new ProviderException(
                    ErrorKind.CONFLICT,
                    "Cannot make volume " + wanted.name() + ": there is one of snapshot " + there.wanted.snapshot()
                            + ".");
        } else if (there.goneAt != null) {
            throw new ProviderException(
                    ErrorKind.CONFLICT, "Cannot make volume " + wanted.name() + ": one of this name is being deleted.");
        }
        return there.readyAt.isAfter(now) ? Optional.empty() : Optional.of("volume-" + wanted.name());
    }

    DeleteOutcome delete(String name, Instant now, Duration takes) {
        Made there = there(name, now);
        if (there == null) {
            return new DeleteOutcome.Absent();
        }
        if (there.goneAt == null) {
            there.goneAt = now.plus(takes);
        }
        return new DeleteOutcome.Deleted();
    }

    boolean isThere(String name, Instant now) {
        return there(name, now) != null;
    }

    List<String> names(Map<String, String> labels, @Nullable String after, Instant now) {
        return List.copyOf(
                        after == null
                                ? made.keySet()
                                : made.tailMap(after, false).keySet())
                .stream()
                .filter(name -> {
                    Made there = there(name, now);
                    return there != null && there.wanted.labels().entrySet().containsAll(labels.entrySet());
                })
                .limit(ObjectStore.MAX_PAGE)
                .toList();
    }

    private @Nullable Made there(String name, Instant now) {
        Made there = made.get(name);
        if (there != null && there.goneAt != null && !there.goneAt.isAfter(now)) {
            made.remove(name);
            return null;
        }
        return there;
    }
}
