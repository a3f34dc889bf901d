package io.parix.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * What a restore drill found out: the backup was restored into a scratch place, its files were checked as a database would, and nothing
 * live was touched (spec F9). A drill that could not be carried to its end leaves none. Immutable.
 *
 * @param level how far the restored files were checked
 * @param startedAt when it began, on the catalog's clock
 * @param took how long it took, from the beginning to the last check: what a restore of this backup takes at least; zero or more
 * @param report what was found; a failed one means that the backup is damaged
 */
public record DrillRecord(VerificationLevel level, Instant startedAt, Duration took, Report report) {
    /** Refuses a negative duration. */
    public DrillRecord {
        if (took.isNegative()) {
            throw InvalidRequestException.of("duration of a drill", took.toString(), "it is negative");
        }
    }

    /** {@return whether the backup was restored whole} */
    public boolean passed() {
        return report.passed();
    }

    /** {@return when it ended} */
    public Instant endedAt() {
        return startedAt.plus(took);
    }

    /** {@return what it says of the backup, among other looks at it (spec C10)} */
    public Verification verification() {
        return new Verification(level, endedAt(), report);
    }
}
