package io.parix.backup.spi.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One page of a database's jobs, newest first: by {@code requestedAt} descending, then id descending.
 *
 * @param database whose
 * @param kind of which kind
 * @param after the last row of the page before, or null to begin
 * @param limit at most so many rows, 1 to 1,000
 */
public record HistoryQuery(
        DatabaseId database, JobKind kind, @Nullable Position after, int limit) {
    /** Refuses limits out of bounds. */
    public HistoryQuery {
        if (limit < 1 || limit > 1_000) {
            throw InvalidRequestException.of("history limit", String.valueOf(limit), "it must be 1 to 1,000");
        }
    }

    /**
     * Where a row stands in the order.
     *
     * @param requestedAt its instant
     * @param id its id
     */
    public record Position(Instant requestedAt, String id) {}
}
