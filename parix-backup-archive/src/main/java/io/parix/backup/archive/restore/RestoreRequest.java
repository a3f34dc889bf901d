package io.parix.backup.archive.restore;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.segment.ArchivePlace;
import java.util.List;

/**
 * What to stage.
 *
 * @param place where the backup lies
 * @param manifest the backup
 * @param targets the replicas wanted, each once; all of them for a restore
 * @param workers threads that fetch, decompress, write and read back, the caller's included; 1 to 64
 */
public record RestoreRequest(ArchivePlace place, Manifest manifest, List<Target> targets, int workers) {
    /** The number of workers where nothing else is said. */
    public static final int DEFAULT_WORKERS = 3;

    private static final long LONGEST_SEGMENT = 64L << 20;

    /** Refuses a manifest of another database, no targets, a target twice and one that the backup does not have. */
    public RestoreRequest {
        targets = List.copyOf(targets);
        if (!manifest.database().equals(place.keys().database())) {
            throw InvalidRequestException.of(
                    "restore", "of " + manifest.backup(), "its database is " + manifest.database());
        }
        if (targets.isEmpty()
                || targets.stream().mapToInt(Target::replica).distinct().count() != targets.size()) {
            throw InvalidRequestException.of(
                    "restore", "of " + manifest.backup(), "it takes one target or more, each replica once");
        }
        if (workers < 1 || workers > 64) {
            throw InvalidRequestException.of("restore workers", String.valueOf(workers), "it must be 1 to 64");
        }
        targets.forEach(t -> manifest.replica(t.replica()));
    }

    /**
     * What staging holds in memory at most, besides what does not grow with the workers.
     *
     * @param workers how many
     * @param layout at which boundaries the files are cut
     * @return bytes: the longest segment that there can be, and a chunk, for each worker
     */
    public static long memory(int workers, DataFileLayout layout) {
        return workers * (LONGEST_SEGMENT + 2L * layout.longestChunk());
    }
}
