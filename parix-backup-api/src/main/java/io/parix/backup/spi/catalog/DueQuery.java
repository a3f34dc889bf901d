package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;
import java.util.Set;

/**
 * Which due jobs a worker asks for.
 *
 * @param regions the regions that it serves; empty for all
 * @param limit at most so many rows, 1 to 1,000
 */
public record DueQuery(Set<String> regions, int limit) {
    /** Copies the set; refuses limits out of bounds. */
    public DueQuery {
        regions = Set.copyOf(regions);
        if (limit < 1 || limit > 1_000) {
            throw InvalidRequestException.of("due limit", String.valueOf(limit), "it must be 1 to 1,000");
        }
    }

    /**
     * Due jobs of every region.
     *
     * @param limit at most so many rows, 1 to 1,000
     * @return the query
     */
    public static DueQuery everywhere(int limit) {
        return new DueQuery(Set.of(), limit);
    }
}
