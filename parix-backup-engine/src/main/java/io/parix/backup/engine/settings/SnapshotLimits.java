package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How snapshots of volumes are waited for, where a database has volumes of which its provider makes snapshots.
 *
 * @param whenFailed what a failed snapshot means for its backup; by default it is recorded
 * @param lookEvery how often a snapshot that is on its way is looked at, 1 second to 1 hour; default 10 seconds
 * @param snapshotDeadline how long snapshots may take until they are cut, and again, after the manifest, until they are usable, 1
 *     second to 30 days; default 6 hours. What takes longer has failed
 */
public record SnapshotLimits(WhenFailed whenFailed, Duration lookEvery, Duration snapshotDeadline) {
    /** The defaults. */
    public static final SnapshotLimits DEFAULTS =
            new SnapshotLimits(WhenFailed.RECORDS, Duration.ofSeconds(10), Duration.ofHours(6));

    /** What a failed snapshot means for its backup. */
    public enum WhenFailed {
        /** The backup says so among its warnings, and is as restorable as without volumes. */
        RECORDS,
        /** The backup fails. The images are asked for only once all snapshots are usable. */
        FAILS
    }

    /** Checks every bound. */
    public SnapshotLimits {
        Bounds bounds = new Bounds();
        bounds.duration("lookEvery", lookEvery, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("snapshotDeadline", snapshotDeadline, Duration.ofSeconds(1), Duration.ofDays(30));
        bounds.raise();
    }
}
