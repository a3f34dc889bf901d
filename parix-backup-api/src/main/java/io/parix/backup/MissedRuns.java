package io.parix.backup;

import java.time.LocalDate;

/**
 * The runs of a schedule that were missed and not made up since it was made (spec G4).
 *
 * @param count how many, 1 or more
 * @param last the local date of the last one
 */
public record MissedRuns(long count, LocalDate last) {
    /** Refuses none. */
    public MissedRuns {
        if (count < 1) {
            throw InvalidRequestException.of("number of missed runs", Long.toString(count), "it must be 1 or more");
        }
    }
}
