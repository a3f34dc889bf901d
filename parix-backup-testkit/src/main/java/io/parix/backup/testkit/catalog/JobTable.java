package io.parix.backup.testkit.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of jobs, and where to find them: by id, by database from the newest on, and by when they are due. Not safe for
 * concurrent calls.
 */
final class JobTable {
    private static final Comparator<Place> OLDEST_FIRST =
            Comparator.comparing(Place::at).thenComparing(Place::id);

    private final Map<String, JobRecord> byId = new HashMap<>();
    private final NavigableMap<String, Map<JobKind, NavigableMap<Place, JobRecord>>> byDatabase = new TreeMap<>();
    private final NavigableMap<Place, JobRecord> byDue = new TreeMap<>(OLDEST_FIRST);

    /** Where a row stands in an order by time. */
    private record Place(Instant at, String id) {}

    @Nullable
    JobRecord get(String id) {
        return byId.get(id);
    }

    Collection<JobRecord> all() {
        return byId.values();
    }

    void put(JobRecord row) {
        remove(row.id());
        byId.put(row.id(), row);
        byDatabase
                .computeIfAbsent(row.database().value(), database -> new EnumMap<>(JobKind.class))
                .computeIfAbsent(row.kind(), kind -> new TreeMap<>(OLDEST_FIRST.reversed()))
                .put(place(row), row);
        row.due().ifPresent(at -> byDue.put(new Place(at, row.id()), row));
    }

    void remove(String id) {
        JobRecord row = byId.remove(id);
        if (row == null) {
            return;
        }
        byDatabase.computeIfPresent(row.database().value(), (database, kinds) -> {
            kinds.computeIfPresent(row.kind(), (kind, rows) -> {
                rows.remove(place(row));
                return rows.isEmpty() ? null : rows;
            });
            return kinds.isEmpty() ? null : kinds;
        });
        row.due().ifPresent(at -> byDue.remove(new Place(at, id)));
    }

    private static Place place(JobRecord row) {
        return new Place(row.requestedAt(), row.id());
    }

    /** The rows to be looked at by now, claimed or not, the longest due first. */
    Stream<JobRecord> due(Instant now) {
        return byDue.entrySet().stream()
                .takeWhile(entry -> !entry.getKey().at().isAfter(now))
                .map(Map.Entry::getValue);
    }

    /** The rows to be looked at later than an instant, the first of them first. */
    Stream<JobRecord> later(Instant at) {
        return byDue.tailMap(new Place(at, ""), true).entrySet().stream()
                .filter(entry -> entry.getKey().at().isAfter(at))
                .map(Map.Entry::getValue);
    }

    /** The rows that a query asks for, all of them whatever its limit, newest first. */
    Stream<JobRecord> history(HistoryQuery query) {
        NavigableMap<Place, JobRecord> rows = byDatabase
                .getOrDefault(query.jobs().database().value(), Map.of())
                .getOrDefault(query.jobs().kind(), new TreeMap<>(OLDEST_FIRST));
        HistoryQuery.Position after = query.after();
        return (after == null ? rows : rows.tailMap(new Place(after.requestedAt(), after.id()), false))
                .values().stream()
                        .filter(query.jobs()::hold)
                        .filter(row -> query.range().holds(row.requestedAt()));
    }

    /** The databases that have rows, by their ids, all or those that follow one. */
    Stream<DatabaseId> databases(@Nullable DatabaseId after) {
        return (after == null ? byDatabase : byDatabase.tailMap(after.value(), false))
                .keySet().stream().map(DatabaseId::new);
    }
}
