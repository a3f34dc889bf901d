package io.parix.backup.testkit.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schedules of databases. Not safe for concurrent calls. */
final class ScheduleRows {
    private final Map<DatabaseId, ScheduleRecord> rows = new HashMap<>();
    private final Map<DatabaseId, Long> removed = new HashMap<>();
    private final Map<DatabaseId, Instant> enabledAt = new HashMap<>();

    @Nullable
    ScheduleRecord find(DatabaseId database) {
        return rows.get(database);
    }

    Collection<ScheduleRecord> all() {
        return rows.values();
    }

    /** Since when a schedule has been enabled without a pause; now for one that is not. */
    Instant enabledAt(ScheduleRecord row, Instant now) {
        return enabledAt.getOrDefault(row.database(), now);
    }

    /** Whether a write is of the version that is there. */
    boolean isCurrent(ScheduleRecord next) {
        ScheduleRecord actual = find(next.database());
        return next.version() == (actual == null ? 0 : actual.version());
    }

    ScheduleRecord put(ScheduleRecord next, Instant now) {
        ScheduleRecord actual = find(next.database());
        ScheduleRecord written = new ScheduleRecord(
                next.database(),
                (actual == null ? removed.getOrDefault(next.database(), 0L) : actual.version()) + 1,
                next.due().map(at -> at.truncatedTo(ChronoUnit.MICROS)).orElse(null),
                next.payload());
        rows.put(next.database(), written);
        if (next.due().isPresent()) {
            enabledAt.putIfAbsent(next.database(), now);
        } else {
            enabledAt.remove(next.database());
        }
        return written;
    }

    boolean remove(ScheduleRecord seen) {
        ScheduleRecord actual = find(seen.database());
        boolean same = actual != null && actual.version() == seen.version();
        if (same) {
            rows.remove(seen.database());
            enabledAt.remove(seen.database());
            removed.put(seen.database(), seen.version() + 1);
        }
        return same;
    }

    List<ScheduleRecord> due(Instant now, int limit) {
        return rows.values().stream()
                .filter(row -> row.due().filter(at -> !at.isAfter(now)).isPresent())
                .sorted(Comparator.comparing((ScheduleRecord row) -> row.due().orElseThrow())
                        .thenComparing(row -> row.database().value()))
                .limit(limit)
                .toList();
    }
}
