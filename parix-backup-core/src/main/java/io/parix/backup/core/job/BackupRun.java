package io.parix.backup.core.job;

import io.parix.backup.CapturedProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backup job has from its claim on.
 *
 * @param attempt the number of the attempt, from 1
 * @param maxAttempts how many attempts the job may take, 1 to {@value #MOST_ATTEMPTS}
 * @param fence the fencing token that every durable write of its worker carries (spec B7), from 1
 * @param startedAt when it was first claimed
 * @param intent what this attempt and those before it may have created
 * @param snapshots this attempt's snapshots of volumes; null where it has none
 * @param profile what the database was before this attempt asked for anything (spec C2); null where that was not noted, and once the images
 *     are there
 */
public record BackupRun(
        int attempt,
        int maxAttempts,
        long fence,
        Instant startedAt,
        Intent intent,
        @Nullable Snapshots snapshots,
        @Nullable CapturedProfile profile) {
    /** The most attempts that can be allowed. */
    public static final int MOST_ATTEMPTS = 100;

    /** Refuses attempts out of their bounds, tokens that no catalog gave out, and snapshots that the intent does not name. */
    public BackupRun {
        Require.that(
                maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
                "number of attempts",
                maxAttempts,
                "it must be 1 to " + MOST_ATTEMPTS);
        Require.that(attempt >= 1 && attempt <= maxAttempts, "attempt", attempt, "it must be 1 to " + maxAttempts);
        Require.fence(fence);
        snapshots = snapshots == null || snapshots.isEmpty() ? null : snapshots;
        Require.that(
                snapshots == null || intent.snapshots().containsAll(snapshots.names()),
                "snapshots",
                snapshots == null ? "" : snapshots.names(),
                "the intent does not name them all");
        Require.that(
                snapshots == null || intent.volumes().containsAll(snapshots.volumeNames()),
                "volumes of images",
                snapshots == null ? "" : snapshots.volumeNames(),
                "the intent does not name them all");
    }

    /**
     * An attempt without snapshots of volumes.
     *
     * @param attempt the number of the attempt
     * @param maxAttempts how many attempts the job may take
     * @param fence the fencing token
     * @param startedAt when it was first claimed
     * @param intent what may have been created
     */
    public BackupRun(int attempt, int maxAttempts, long fence, Instant startedAt, Intent intent) {
        this(attempt, maxAttempts, fence, startedAt, intent, null);
    }

    /**
     * An attempt before which nobody has noted what its database is.
     *
     * @param attempt the number of the attempt
     * @param maxAttempts how many attempts the job may take
     * @param fence the fencing token
     * @param startedAt when it was first claimed
     * @param intent what may have been created
     * @param snapshots this attempt's snapshots of volumes; null where it has none
     */
    public BackupRun(
            int attempt, int maxAttempts, long fence, Instant startedAt, Intent intent, @Nullable Snapshots snapshots) {
        this(attempt, maxAttempts, fence, startedAt, intent, snapshots, null);
    }

    /** {@return this attempt's snapshots of volumes, perhaps none} */
    public Snapshots volumes() {
        return snapshots == null ? Snapshots.NONE : snapshots;
    }

    /** {@return whether the job may start over under another attempt} */
    public boolean attemptsLeft() {
        return attempt < maxAttempts;
    }

    /** The same run in the hands of another worker, whose token must be higher. */
    BackupRun takenOver(long higher) {
        Require.that(higher > fence, "fencing token", higher, "it must be higher than " + fence);
        return new BackupRun(attempt, maxAttempts, higher, startedAt, intent, snapshots, profile);
    }

    /** The next attempt, which keeps in mind what those before it created. */
    BackupRun again(Intent more, Snapshots planned) {
        return new BackupRun(attempt + 1, maxAttempts, fence, startedAt, intent.and(more), planned);
    }

    /** The same run, its snapshots seen anew. */
    BackupRun seeing(Snapshots seen) {
        return new BackupRun(attempt, maxAttempts, fence, startedAt, intent, seen, profile);
    }

    /** The same run, and what its database is. */
    BackupRun of(@Nullable CapturedProfile now) {
        return new BackupRun(attempt, maxAttempts, fence, startedAt, intent, snapshots, now);
    }
}
