package io.parix.backup.engine.settings;

import java.time.Duration;

/**
 * How often and how soon what failed is tried again.
 *
 * @param retries how often a failing step is repeated with backoff, 0 to 100; default 8
 * @param firstBackoff the wait before the first repetition, doubling each time, 1 ms to 1 minute; default 1 second
 * @param longestBackoff the longest wait that doubling leads to, 1 minute to 1 hour; default 5 minutes
 * @param commitRetry the wait before a decided commit is tried again, when repeating it did not help, 1 second to 1 hour; default 1
 *     minute
 * @param sweepRetry the wait before a sweep is tried again, when repeating it did not help, 1 second to 1 hour; default 1 minute
 * @param conflictTries how often a write from outside a job is tried while other writers come in between, 1 to 100; default 10
 */
public record RetryLimits(
        int retries,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration commitRetry,
        Duration sweepRetry,
        int conflictTries) {
    /** Checks every bound. */
    public RetryLimits {
        Bounds bounds = new Bounds();
        bounds.number("retries", retries, 0, 100);
        bounds.duration("firstBackoff", firstBackoff, Duration.ofMillis(1), Duration.ofMinutes(1));
        bounds.duration("longestBackoff", longestBackoff, Duration.ofMinutes(1), Duration.ofHours(1));
        bounds.duration("commitRetry", commitRetry, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.duration("sweepRetry", sweepRetry, Duration.ofSeconds(1), Duration.ofHours(1));
        bounds.number("conflictTries", conflictTries, 1, 100);
        bounds.raise();
    }

    /**
     * How long to wait before the next repetition.
     *
     * @param strikes how often it has failed in a row, 0 or more
     * @return the first backoff, doubled for each strike, and never longer than the longest
     */
    public Duration backoff(int strikes) {
        Duration doubled = firstBackoff.multipliedBy(1L << Math.min(strikes, 20));
        return doubled.compareTo(longestBackoff) > 0 ? longestBackoff : doubled;
    }
}
