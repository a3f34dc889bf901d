package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How gauges are read.
 *
 * @param reuse for how long an answer of the catalog, a failure as well, is given again, 1 second to 1 hour; default 1 minute.
 *     Each node asks the catalog at most once in that time
 * @param lateAfter from when on a database with an enabled schedule and without a backup counts as late, 1 hour to 365 days; default 48
 *     hours, as in the statement of protection
 */
public record GaugeLimits(Duration reuse, Duration lateAfter) {
    /** The defaults. */
    public static final GaugeLimits DEFAULTS = new GaugeLimits(Duration.ofMinutes(1), Duration.ofDays(2));

    /** Checks every bound. */
    public GaugeLimits {
        Bounds bounds = new Bounds();
        bounds.duration("reuse", reuse, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("lateAfter", lateAfter, Duration.ofHours(1), Duration.ofDays(365));
        bounds.raise();
    }
}
