package io.parix.backup.archive.verify;

import io.parix.backup.BackupId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.segment.ArchivePlace;
import org.jspecify.annotations.Nullable;

/**
 * Which backup to look at.
 *
 * @param place where it lies
 * @param backup which one
 * @param manifestSha256 the SHA-256 of the manifest's bytes as the caller recorded it, or null when it is not known
 * @param workers threads that ask and read, the caller's included; 1 to 64
 */
public record VerifyRequest(
        ArchivePlace place, BackupId backup, @Nullable String manifestSha256, int workers) {
    /** The number of workers where nothing else is said. */
    public static final int DEFAULT_WORKERS = 3;

    /** Refuses workers out of bounds. */
    public VerifyRequest {
        if (workers < 1 || workers > 64) {
            throw InvalidRequestException.of("verify workers", String.valueOf(workers), "it must be 1 to 64");
        }
    }
}
