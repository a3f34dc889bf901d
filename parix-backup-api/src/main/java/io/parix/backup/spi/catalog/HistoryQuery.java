package io.parix.backup.spi.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One page of a database's jobs, newest first: by {@code requestedAt} descending, then id descending, compared by code
 * point.
 *
 * @param jobs whose, and of which kind
 * @param range asked for when
 * @param after the last row of the page before, or null to begin
 * @param limit at most so many rows, 1 to 1,000
 */
public record HistoryQuery(Jobs jobs, Range range, @Nullable Position after, int limit) {
    /** Refuses limits out of bounds. */
    public HistoryQuery {
        if (limit < 1 || limit > 1_000) {
            throw InvalidRequestException.of("history limit", String.valueOf(limit), "it must be 1 to 1,000");
        }
    }

    /**
     * The newest jobs of a database.
     *
     * @param database whose
     * @param kind of which kind
     * @param limit at most so many rows, 1 to 1,000
     * @return the query of the first page
     */
    public static HistoryQuery newest(DatabaseId database, JobKind kind, int limit) {
        return new HistoryQuery(new Jobs(database, kind, null), Range.ALWAYS, null, limit);
    }

    /**
     * Those of the same jobs that have a status.
     *
     * @param status the public status
     * @return the query of the first page
     */
    public HistoryQuery having(JobStatus status) {
        return new HistoryQuery(new Jobs(jobs.database(), jobs.kind(), status), range, null, limit);
    }

    /**
     * The same jobs, asked for in a range of time.
     *
     * @param asked when
     * @return the query of the first page
     */
    public HistoryQuery within(Range asked) {
        return new HistoryQuery(jobs, asked, null, limit);
    }

    /**
     * The page after a row.
     *
     * @param last the last row of the page before
     * @return the query of the next page
     */
    public HistoryQuery after(JobRecord last) {
        return new HistoryQuery(jobs, range, new Position(last.requestedAt(), last.id()), limit);
    }

    /**
     * Whose jobs, and which.
     *
     * @param database whose
     * @param kind of which kind
     * @param status of which status, or null for all
     */
    public record Jobs(
            DatabaseId database, JobKind kind, @Nullable JobStatus status) {
        /**
         * Whether a row is one of them.
         *
         * @param row any
         * @return whether database, kind and status are those asked for
         */
        public boolean hold(JobRecord row) {
            return row.database().equals(database) && row.kind() == kind && (status == null || row.status() == status);
        }
    }

    /**
     * A range of instants.
     *
     * @param from its first instant, or null for no bound
     * @param to the first instant after it, or null for no bound
     */
    public record Range(@Nullable Instant from, @Nullable Instant to) {
        /** Every instant. */
        public static final Range ALWAYS = new Range(null, null);

        /** Refuses a range that ends before it begins. */
        public Range {
            if (from != null && to != null && to.isBefore(from)) {
                throw InvalidRequestException.of("history range", from + " to " + to, "it ends before it begins");
            }
        }

        /**
         * Whether an instant lies in it.
         *
         * @param instant the instant
         * @return true from {@code from} on, and before {@code to}
         */
        public boolean holds(Instant instant) {
            return (from == null || !instant.isBefore(from)) && (to == null || instant.isBefore(to));
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
