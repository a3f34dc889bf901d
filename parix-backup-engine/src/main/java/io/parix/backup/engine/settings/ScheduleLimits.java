package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How the runs of schedules are spread, made up and tried again. Every node of a catalog should have the same.
 *
 * @param spread the window over which the runs of a fleet are spread, each database's always equally late (spec G2), zero to
 *     less than 24 hours; default 1 hour
 * @param grace how late a run is still made up after a downtime (spec G4), 1 minute to 7 days; default 6 hours
 * @param scheduleRetry the wait before a run is looked at again whose schedule cannot be read, or whose database the host does
 *     not know while the grace period lasts, 1 second to 1 hour; default 5 minutes
 */
public record ScheduleLimits(Duration spread, Duration grace, Duration scheduleRetry) {
    /** Checks every bound. */
    public ScheduleLimits {
        Bounds bounds = new Bounds();
        bounds.duration("spread", spread, Duration.ZERO, Duration.ofDays(1).minusNanos(1));
        bounds.duration("grace", grace, Duration.ofMinutes(1), Duration.ofDays(7));
        bounds.duration("scheduleRetry", scheduleRetry, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.raise();
    }
}
