package io.parix.backup.spi.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule's row (spec G1): the catalog knows when it is due and when it is looked at, and nothing else of it.
 *
 * @param database whose; at most one each
 * @param version rises with every write, from 1, and is never used again, not for a schedule that is made after another one was
 *     removed; every write is conditional on it
 * @param dueAt when its next run is due, or null while it is paused
 * @param lookAgainAt when it is looked at: when the run is due, or later where that could not be decided yet; null while it is
 *     paused
 * @param payload its facts as versioned JSON, at most 65,536 characters
 */
public record ScheduleRecord(
        DatabaseId database,
        long version,
        @Nullable Instant dueAt,
        @Nullable Instant lookAgainAt,
        String payload) {
    /** So far ahead no daily schedule is looked at. */
    public static final Duration FURTHEST = Duration.ofDays(7);

    private static final int LONGEST = 1 << 16;

    /** Refuses a payload that is too long, and a run that nobody looks at. */
    public ScheduleRecord {
        if (payload.length() > LONGEST) {
            throw InvalidRequestException.of(
                    "schedule's payload", "of " + payload.length() + " characters", "it must have at most 65,536");
        }
        if ((dueAt == null) != (lookAgainAt == null)) {
            throw InvalidRequestException.of(
                    "schedule's next look", String.valueOf(lookAgainAt), "it must be there while a run is to come");
        }
    }

    /**
     * A row that is looked at when its run is due.
     *
     * @param database whose
     * @param version the version
     * @param dueAt when its next run is due, or null while it is paused
     * @param payload its facts
     */
    public ScheduleRecord(DatabaseId database, long version, @Nullable Instant dueAt, String payload) {
        this(database, version, dueAt, dueAt, payload);
    }

    /**
     * The row of a run that is due and is to be looked at later. When it is due does not change by that.
     *
     * @param until when to look at it
     * @return the row to be written
     */
    public ScheduleRecord postponed(Instant until) {
        return new ScheduleRecord(database, version, dueAt, until, payload);
    }

    /** {@return when its next run is due, where one is to come} */
    public Optional<Instant> due() {
        return Optional.ofNullable(dueAt);
    }

    /** {@return when it is looked at, where a run is to come} */
    public Optional<Instant> lookAgain() {
        return Optional.ofNullable(lookAgainAt);
    }
}
