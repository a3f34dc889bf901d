package io.parix.backup.core.job;

import java.time.Instant;

/**
 * What a backup job has from its claim on.
 *
 * @param attempt the number of the attempt, from 1
 * @param maxAttempts how many attempts the job may take, 1 to {@value #MOST_ATTEMPTS}
 * @param fence the fencing token that every durable write of its worker carries (spec B7), from 1
 * @param startedAt when it was first claimed
 * @param intent what this attempt and those before it may have created
 */
public record BackupRun(int attempt, int maxAttempts, long fence, Instant startedAt, Intent intent) {
    /** The most attempts that can be allowed. */
    public static final int MOST_ATTEMPTS = 100;

    /** Refuses attempts out of their bounds, and tokens that no catalog gave out. */
    public BackupRun {
        Require.that(
                maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
                "number of attempts",
                maxAttempts,
                "it must be 1 to " + MOST_ATTEMPTS);
        Require.that(attempt >= 1 && attempt <= maxAttempts, "attempt", attempt, "it must be 1 to " + maxAttempts);
        Require.fence(fence);
    }

    /** {@return whether the job may start over under another attempt} */
    public boolean attemptsLeft() {
        return attempt < maxAttempts;
    }

    /** The same run in the hands of another worker, whose token must be higher. */
    BackupRun takenOver(long higher) {
        Require.that(higher > fence, "fencing token", higher, "it must be higher than " + fence);
        return new BackupRun(attempt, maxAttempts, higher, startedAt, intent);
    }

    /** The next attempt, which keeps in mind what those before it created. */
    BackupRun again(Intent more) {
        return new BackupRun(attempt + 1, maxAttempts, fence, startedAt, intent.and(more));
    }
}
