package io.parix.backup.spi.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule's row (spec G1): the catalog knows when it is due, and nothing else of it.
 *
 * @param database whose; at most one each
 * @param version rises with every write, from 1, and is never used again, not for a schedule that is made after another one was
 *     removed; every write is conditional on it
 * @param dueAt when its next run is due, or null while it is paused
 * @param payload its facts as versioned JSON, at most 65,536 characters
 */
public record ScheduleRecord(
        DatabaseId database, long version, @Nullable Instant dueAt, String payload) {
    private static final int LONGEST = 1 << 16;

    /** Refuses a payload that is too long. */
    public ScheduleRecord {
        if (payload.length() > LONGEST) {
            throw InvalidRequestException.of(
                    "schedule's payload", "of " + payload.length() + " characters", "it must have at most 65,536");
        }
    }

    /** {@return when its next run is due, where one is to come} */
    public Optional<Instant> due() {
        return Optional.ofNullable(dueAt);
    }
}
