package io.parix.backup.engine.settings;

import io.parix.backup.ByteSize;

/**
 * Every limit of the engine, named, with a default and bounds, in groups that are each valid. {@link #builder()} reports the
 * mistakes of all groups at once.
 *
 * @param work how jobs are worked on
 * @param phases how long each phase may take
 * @param retry how often and how soon what failed is tried again
 * @param transfer how bytes are moved
 * @param pages how much is read at once
 * @param retention how what has expired is cleaned up
 * @param schedules how the runs of schedules are spread, made up and tried again
 * @param snapshots how snapshots of volumes are waited for
 * @param gauges how gauges are read
 */
public record EngineSettings(
        WorkLimits work,
        PhaseDeadlines phases,
        RetryLimits retry,
        TransferLimits transfer,
        PageSizes pages,
        RetentionLimits retention,
        ScheduleLimits schedules,
        SnapshotLimits snapshots,
        GaugeLimits gauges) {

    /** Refuses a bandwidth by which a call of the largest segment could not end in its time. */
    public EngineSettings {
        Bounds bounds = new Bounds();
        requirePace(bounds, work, transfer);
        bounds.raise();
    }

    static void requirePace(Bounds bounds, WorkLimits work, TransferLimits transfer) {
        long workers = (long) work.concurrentJobs() * transfer.transferWorkers();
        long least =
                workers * TransferLimits.LARGEST_SEGMENT / work.callTimeout().toSeconds();
        bounds.hold(
                "bandwidth",
                transfer.bandwidth().bytes() >= least,
                transfer.bandwidth().words() + " a second is too little for " + workers
                        + " transfers of a segment of 32 MiB at once, each of which must end within the callTimeout of "
                        + work.callTimeout() + "; it takes " + new ByteSize(least).words()
                        + " a second, fewer jobs or workers, or more time");
    }

    /** {@return the defaults} */
    public static EngineSettings defaults() {
        return builder().build();
    }

    /** {@return a builder that begins with the defaults} */
    public static EngineSettingsBuilder builder() {
        return new EngineSettingsBuilder();
    }
}
