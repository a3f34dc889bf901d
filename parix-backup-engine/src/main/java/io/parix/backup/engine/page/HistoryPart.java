package io.parix.backup.engine.page;

import io.parix.backup.BackupId;
import io.parix.backup.PageCursor;
import io.parix.backup.PageRequest;
import io.parix.backup.core.page.PageCursors;
import io.parix.backup.core.page.Sayable;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a page.
 *
 * @param rows newest first
 * @param next where the next page begins, or null where nothing older is in the range
 */
record HistoryPart(List<JobRecord> rows, @Nullable PageCursor next) {
    /** Reads the rows by one query, and one row more to know whether there are older ones. */
    static HistoryPart read(Catalog catalog, PageRequest request) {
        PageCursors.Scope scope = new PageCursors.Scope(request.database(), request.range());
        int size = request.part().size();
        HistoryQuery.Position after = request.part()
                .cursor()
                .map(cursor -> PageCursors.read(scope, cursor))
                .map(place -> new HistoryQuery.Position(
                        place.requestedAt(), place.backup().value()))
                .orElse(null);
        List<JobRecord> found = catalog.history(new HistoryQuery(
                new HistoryQuery.Jobs(request.database(), JobKind.BACKUP, null),
                range(request.range()),
                after,
                size + 1));
        if (found.size() <= size) {
            return new HistoryPart(found, null);
        }
        JobRecord last = found.get(size - 1);
        PageCursors.Place place = new PageCursors.Place(last.requestedAt(), new BackupId(last.id()));
        return new HistoryPart(found.subList(0, size), PageCursors.write(scope, place));
    }

    private static HistoryQuery.Range range(PageRequest.Range asked) {
        return new HistoryQuery.Range(bound(asked.first()), bound(asked.end()));
    }

    /** The first instant that a catalog keeps at or after a bound, which is in or out as the bound is. */
    private static @Nullable Instant bound(Optional<Instant> asked) {
        return asked.map(Sayable::atOrAfter).orElse(null);
    }
}
