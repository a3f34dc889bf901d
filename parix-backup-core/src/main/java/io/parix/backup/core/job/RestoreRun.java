package io.parix.backup.core.job;

import io.parix.backup.DatabaseStatus;
import java.time.Instant;

/**
 * What a restore job has from its claim on.
 *
 * @param fence the fencing token that every durable write and every call to the host carries (spec B7, F3), from 1
 * @param startedAt when it was first claimed
 * @param statusBefore the profile's status before the restore moves it: where going back leads
 */
public record RestoreRun(long fence, Instant startedAt, DatabaseStatus statusBefore) {
    /** Refuses tokens that no catalog gave out. */
    public RestoreRun {
        Require.fence(fence);
    }

    /** The same run in the hands of another worker, whose token must be higher. */
    RestoreRun takenOver(long higher) {
        Require.that(higher > fence, "fencing token", higher, "it must be higher than " + fence);
        return new RestoreRun(higher, startedAt, statusBefore);
    }
}
