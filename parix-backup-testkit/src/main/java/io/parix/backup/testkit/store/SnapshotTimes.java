package io.parix.backup.testkit.store;

import java.time.Duration;

/**
 * How fast a place in memory makes snapshots, and how many. Immutable.
 *
 * @param cut from the request until the point in time is fixed; not negative
 * @param usable from the request until a volume can be made of it; at least {@code cut}
 * @param gone from the first request for deletion until it is gone; not negative
 * @param interval the least time between two snapshots of a volume; zero where there is no limit
 * @param pending how many snapshots of a volume may be on their way at once; 0 where there is no limit
 */
public record SnapshotTimes(Duration cut, Duration usable, Duration gone, Duration interval, int pending) {
    /** Everything at once, and no limits. */
    public static final SnapshotTimes AT_ONCE =
            new SnapshotTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

    /**
     * The same with other durations of making.
     *
     * @param toCut until cut
     * @param toUsable until usable, from the request
     * @return the other times
     */
    public SnapshotTimes taking(Duration toCut, Duration toUsable) {
        return new SnapshotTimes(toCut, toUsable, gone, interval, pending);
    }

    /**
     * The same with another duration of going.
     *
     * @param toGone until gone
     * @return the other times
     */
    public SnapshotTimes going(Duration toGone) {
        return new SnapshotTimes(cut, usable, toGone, interval, pending);
    }

    /**
     * The same with other limits.
     *
     * @param least between two snapshots of a volume
     * @param most on their way at once
     * @return the other times
     */
    public SnapshotTimes limited(Duration least, int most) {
        return new SnapshotTimes(cut, usable, gone, least, most);
    }
}
