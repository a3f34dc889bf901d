package io.parix.backup.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One run of a schedule.
 *
 * @param day the local date that it is the run of, by which it is known on every node; at most one each
 * @param at when it is due
 */
public record ScheduledRun(LocalDate day, Instant at) {
    /** Longer than the dates of two zones, a skipped date, a date that has had its run and the widest spread make together. */
    private static final Duration FURTHEST = Duration.ofDays(7);

    /**
     * Tells whether a next run can be due at an instant. One that is further away was computed by a clock that was ahead.
     *
     * @param at when it is said to be due
     * @param now the catalog's clock
     * @return whether a daily schedule can await it now
     */
    public static boolean canBeNext(Instant at, Instant now) {
        return at.isBefore(now.plus(FURTHEST));
    }
}
