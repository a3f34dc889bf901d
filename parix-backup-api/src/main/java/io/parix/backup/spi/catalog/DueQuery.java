package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which due jobs a worker asks for.
 *
 * @param regions the regions that it serves; empty for all
 * @param kinds of which kinds; empty for all
 * @param limit at most so many rows, 1 to 1,000
 * @param furthest how far ahead a look can be, or null: what is to be looked at later than that is asked for as well, behind what is due,
 *     as only a clock that was ahead can have put it off so
 */
public record DueQuery(
        Set<String> regions,
        Set<JobKind> kinds,
        int limit,
        @Nullable Duration furthest) {
    /** Copies the sets; refuses limits out of bounds. */
    public DueQuery {
        regions = Set.copyOf(regions);
        kinds = Set.copyOf(kinds);
        if (limit < 1 || limit > 1_000) {
            throw InvalidRequestException.of("due limit", String.valueOf(limit), "it must be 1 to 1,000");
        }
    }

    /**
     * What is due, alone.
     *
     * @param regions the regions that it serves; empty for all
     * @param kinds of which kinds; empty for all
     * @param limit at most so many rows, 1 to 1,000
     */
    public DueQuery(Set<String> regions, Set<JobKind> kinds, int limit) {
        this(regions, kinds, limit, null);
    }

    /**
     * The same with what is to be looked at later than a look can be.
     *
     * @param wait how far ahead a look can be
     * @return the query
     */
    public DueQuery orLaterThan(Duration wait) {
        return new DueQuery(regions, kinds, limit, wait);
    }

    /**
     * Whether a row is among what is asked for, when it is due.
     *
     * @param row any
     * @return whether its region and its kind are
     */
    public boolean holds(JobRecord row) {
        return (regions.isEmpty() || regions.contains(row.region())) && (kinds.isEmpty() || kinds.contains(row.kind()));
    }

    /**
     * Due jobs of every region and kind.
     *
     * @param limit at most so many rows, 1 to 1,000
     * @return the query
     */
    public static DueQuery everywhere(int limit) {
        return new DueQuery(Set.of(), Set.of(), limit);
    }
}
