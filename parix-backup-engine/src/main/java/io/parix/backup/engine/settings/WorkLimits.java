package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How jobs are worked on.
 *
 * @param lease how long a worker owns a job without a sign of life, 1 second to 1 hour; default 1 minute
 * @param tickEvery how often the engine looks for work that nobody woke, 10 ms to 1 minute; default 1 second
 * @param concurrentJobs jobs that run at once in this process, 1 to 64; default 2
 * @param concurrentCleanUps clean-ups that run at once in this process, beside the jobs, 1 to 16; default 2
 * @param callTimeout the deadline of one provider call, 1 second to 1 hour; default 5 minutes
 * @param jobDeadline how long a job may take from its request, 1 minute to 30 days; default 24 hours
 * @param captures how often a set of images is taken before a job fails, 1 to 10; default 3
 */
public record WorkLimits(
        Duration lease,
        Duration tickEvery,
        int concurrentJobs,
        int concurrentCleanUps,
        Duration callTimeout,
        Duration jobDeadline,
        int captures) {
    /** Checks every bound. */
    public WorkLimits {
        Bounds bounds = new Bounds();
        bounds.duration("lease", lease, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("tickEvery", tickEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
        bounds.number("concurrentJobs", concurrentJobs, 1, 64);
        bounds.number("concurrentCleanUps", concurrentCleanUps, 1, 16);
        bounds.duration("callTimeout", callTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("jobDeadline", jobDeadline, Duration.ofMinutes(1), Duration.ofDays(30));
        bounds.number("captures", captures, 1, 10);
        bounds.raise();
    }
}
