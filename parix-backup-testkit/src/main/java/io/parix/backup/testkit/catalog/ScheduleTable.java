package io.parix.backup.testkit.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schedules of databases, by database and by when they are looked at. Not safe for concurrent calls. */
final class ScheduleTable {
    private final Map<DatabaseId, ScheduleRecord> rows = new HashMap<>();
    private final Map<DatabaseId, Long> removed = new HashMap<>();
    private final Map<DatabaseId, Instant> enabledAt = new HashMap<>();
    private final NavigableMap<Place, ScheduleRecord> byLook =
            new TreeMap<>(Comparator.comparing(Place::at).thenComparing(Place::database));

    private record Place(Instant at, String database) {}

    @Nullable
    ScheduleRecord get(DatabaseId database) {
        return rows.get(database);
    }

    /** The version before the first of a schedule: one that comes back goes on counting where the one that was removed ended. */
    long versionBefore(DatabaseId database) {
        return removed.getOrDefault(database, 0L);
    }

    /** Those that are enabled, and since when each has been without a pause. */
    Map<ScheduleRecord, Instant> enabled() {
        Map<ScheduleRecord, Instant> enabled = new HashMap<>();
        enabledAt.forEach((database, since) -> enabled.put(rows.get(database), since));
        return enabled;
    }

    void put(ScheduleRecord row, Instant now) {
        forget(row.database());
        rows.put(row.database(), row);
        enabledAt.compute(row.database(), (of, since) -> row.dueAt() == null ? null : since == null ? now : since);
        row.lookAgain().ifPresent(at -> byLook.put(new Place(at, row.database().value()), row));
    }

    void remove(ScheduleRecord row) {
        forget(row.database());
        enabledAt.remove(row.database());
        removed.put(row.database(), row.version() + 1);
    }

    private void forget(DatabaseId database) {
        ScheduleRecord before = rows.remove(database);
        if (before != null) {
            before.lookAgain().ifPresent(at -> byLook.remove(new Place(at, database.value())));
        }
    }

    /** Those that are to be looked at by now, the first look first. */
    Stream<ScheduleRecord> due(Instant now) {
        return byLook.entrySet().stream()
                .takeWhile(entry -> !entry.getKey().at().isAfter(now))
                .map(Map.Entry::getValue);
    }

    /** Those that are to be looked at later than an instant, the first look first. */
    Stream<ScheduleRecord> later(Instant at) {
        return byLook.tailMap(new Place(at, ""), true).entrySet().stream()
                .filter(entry -> entry.getKey().at().isAfter(at))
                .map(Map.Entry::getValue);
    }
}
