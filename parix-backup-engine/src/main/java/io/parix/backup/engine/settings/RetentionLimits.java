package io.parix.backup.engine.settings;

import io.parix.backup.core.retention.RetentionFacts.Floor;
import java.time.Duration;

/**
 * How what has expired is cleaned up.
 *
 * @param cleanUpEvery how often each database is looked at for news, beside the instants at which something of it expires, 1 minute to
 *     7 days; default 6 hours
 * @param cleanUpRetry the wait before what could not be removed is tried again, 1 second to 1 day; default 10 minutes
 * @param undoWindow how long a shorter period waits until it takes effect, zero to 30 days; default 24 hours (spec H9)
 * @param floor whether the last restorable backup of a database that exists is kept whatever its age; by default it is (spec H7)
 * @param clocksApart how far the catalog's clock may be from this process's before its clean-ups remove nothing, 1 second to 1 day; default 1
 *     hour. Backups go by the catalog's clock alone: were it a year ahead for one look, all but the last would be past their age
 */
public record RetentionLimits(
        Duration cleanUpEvery, Duration cleanUpRetry, Duration undoWindow, Floor floor, Duration clocksApart) {
    /** The defaults. */
    public static final RetentionLimits DEFAULTS = new RetentionLimits(
            Duration.ofHours(6), Duration.ofMinutes(10), Duration.ofHours(24), Floor.KEEPS_LAST, Duration.ofHours(1));

    /** Checks every bound. */
    public RetentionLimits {
        Bounds bounds = new Bounds();
        bounds.duration("cleanUpEvery", cleanUpEvery, Duration.ofMinutes(1), Duration.ofDays(7));
        bounds.duration("cleanUpRetry", cleanUpRetry, Duration.ofSeconds(1), Duration.ofDays(1));
        bounds.duration("undoWindow", undoWindow, Duration.ZERO, Duration.ofDays(30));
        bounds.duration("clocksApart", clocksApart, Duration.ofSeconds(1), Duration.ofDays(1));
        bounds.raise();
    }
}
