package io.parix.backup.doctor;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.StorageLocation;
import java.time.Duration;

/**
 * Tries a place live: permissions, whether it writes only what is not there, lists completely, checks what it gets, tells the right time, lets
 * locks be read, and deletes (spec J3). For whoever operates the installation: the access policy is not asked. Safe for concurrent calls, by
 * several processes on one place too.
 *
 * <p>It does no harm. It writes small objects below {@code <prefix>/parix-doctor/} under names that no other examination has, touches nothing
 * else, and removes them at the end, also after a failure. What it cannot remove it names. What an examination left whose process died
 * is removed by the first one that comes at least a day later. Volumes and their snapshots are only looked at.
 */
public interface Doctor {
    /** The shortest time of an examination. */
    Duration LEAST_TIME = Duration.ofSeconds(1);

    /** The longest time of an examination. */
    Duration MOST_TIME = Duration.ofHours(1);

    /**
     * Examines a place, in the calling thread. It takes at most 1,200 calls of the provider, 1,030 objects and 64 KiB; at most 160 calls and 25
     * objects where what is written cannot be deleted.
     *
     * @param location the place, which need not be registered for any database
     * @param within how long it may take, {@link #LEAST_TIME} to {@link #MOST_TIME}. What was not looked at by then could not be
     *     determined. Removing what was written comes after it, and takes another minute at most where the provider keeps to its deadlines
     * @return what was found, a finding for each requirement however it ended
     * @throws FailedException with {@link ErrorCode#UNKNOWN_PROVIDER} for a provider that there is not, or
     *     {@link ErrorCode#NOT_RUNNING} after the engine was closed
     * @throws io.parix.backup.spi.ConfigurationException when the location's settings have mistakes
     * @throws io.parix.backup.InvalidRequestException when the time is out of bounds, or the prefix so long that no key fits below it
     * @throws io.parix.backup.BackupException when the catalog, whose clock the place's is compared with, does not answer at the beginning
     */
    Diagnosis examine(StorageLocation location, Duration within);
}
