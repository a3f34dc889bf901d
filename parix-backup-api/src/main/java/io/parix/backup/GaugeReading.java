package io.parix.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * What the catalog says of the whole installation at one time (spec J1). It is counted in the catalog and remembered nowhere else, so
 * it is the same on every node and after a restart. Counts and durations are zero or more; a duration of zero also stands where
 * there is nothing that could be old.
 *
 * @param at when it was read, on the catalog's clock
 * @param backups the backups that are asked for or made
 * @param restores the restores that are asked for or carried out
 * @param cleanUps the clean-ups that should be looked at now. How many there are at all is the number of databases with backups
 * @param fleet the databases whose schedule is enabled
 * @param stored what the segments of all backups take in storage, each segment once; what nothing needs any more and waits
 *     for its removal is not in it, and manifests and indexes are not
 */
public record GaugeReading(Instant at, Queue backups, Queue restores, Due cleanUps, Fleet fleet, ByteSize stored) {
    /**
     * Jobs of one kind that have not ended, and those that wait for a worker.
     *
     * @param queued how many no worker has begun
     * @param running how many were begun and have not ended
     * @param longestQueued how long ago the oldest of the queued ones was asked for
     * @param due what waits for a worker; also the leftovers of jobs that have ended
     */
    public record Queue(long queued, long running, Duration longestQueued, Due due) {}

    /**
     * Jobs whose time has come and that no worker holds: nearly none for long, while there are workers for every region.
     *
     * @param jobs how many
     * @param longest for how long the one has been due that has been so longest
     */
    public record Due(long jobs, Duration longest) {
        /** Nothing is due. */
        public static final Due NOTHING = new Due(0, Duration.ZERO);
    }

    /**
     * Databases whose schedule is enabled; one that was deleted counts until its next run comes due, which is skipped and pauses it.
     * How long one has been without a backup counts from when its newest completed backup was asked for, which is never later than
     * what that backup covers; or from when its schedule was enabled, where that is later. One that was asked for in the future, by a clock
     * that was ahead, counts as none.
     * Only completion counts: one found damaged since then, or that would not fit the database any more, is
     * {@link BackupsPage#protection}'s to tell.
     *
     * @param scheduled how many there are
     * @param never how many of them have no completed backup
     * @param late how many of them have been without a backup for longer than {@code lateAfter}
     * @param lateAfter from when on one counts as late
     * @param longestWithoutBackup how long the one has been without a backup that has been so longest
     * @param longestOverdueRun how late the run is that should have begun first and has not
     */
    public record Fleet(
            long scheduled,
            long never,
            long late,
            Duration lateAfter,
            Duration longestWithoutBackup,
            Duration longestOverdueRun) {}
}
