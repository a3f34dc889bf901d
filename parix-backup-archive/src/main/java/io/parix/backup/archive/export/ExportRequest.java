package io.parix.backup.archive.export;

import io.parix.backup.BackupId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.seal.Seal;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.host.DataKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to export. An equal request over equal images and an unchanged base writes the same objects, byte for byte; a request is equal only
 * under the same key. Whoever asks for a fresh key with each run, as the engine does, writes other bytes each time, and gives each run a
 * fence of its own: under the fence of an earlier run its names are taken.
 *
 * @param place where to
 * @param backup the backup's id, part of every key
 * @param fence the fencing token of the attempt, part of every key, 0 or more
 * @param layout at which boundaries the files are cut
 * @param sources 1 to 6 replicas, each index once
 * @param base an earlier complete backup of the same database, or null; used only when its layout is the same
 * @param startedAt when the attempt began: the age of new segments counts from it, and old ones are judged by it
 * @param settings limits
 * @param key what its objects are sealed under, which nothing else was or will be; null for objects in the clear
 */
public record ExportRequest(
        ArchivePlace place,
        BackupId backup,
        long fence,
        DataFileLayout layout,
        List<Source> sources,
        @Nullable Manifest base,
        Instant startedAt,
        ExportSettings settings,
        @Nullable DataKey key) {
    /** Refuses an impossible set of sources, and a base of another database or of this very backup. */
    public ExportRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty() || sources.size() > 6) {
            throw InvalidRequestException.of("export", "of " + sources.size() + " replicas", "it takes 1 to 6");
        }
        if (sources.stream().mapToInt(s -> s.facts().index()).distinct().count() != sources.size()) {
            throw InvalidRequestException.of("export", "of " + backup, "a replica is given twice");
        }
        if (fence < 0) {
            throw InvalidRequestException.of("fence", String.valueOf(fence), "it must be 0 or more");
        }
        if (base != null
                && (!base.database().equals(place.keys().database())
                        || base.backup().equals(backup))) {
            throw InvalidRequestException.of(
                    "base", base.database() + "/" + base.backup(), "it must be another backup of the same database");
        }
    }

    /**
     * The same, sealed.
     *
     * @param other what its objects are sealed under
     * @return a request with that key
     */
    public ExportRequest withKey(DataKey other) {
        return new ExportRequest(place, backup, fence, layout, sources, base, startedAt, settings, other);
    }

    /** The longest that a segment of it may be before it is sealed. */
    long longestSegment() {
        long size = settings.segmentSize().bytes();
        return key == null ? size : Seal.capacity(size);
    }

    /** What its objects, and those of its base, are sealed under. */
    Keyring ring() {
        Keyring ring = base == null ? place.ring(Map.of()) : base.ring(place);
        return key == null ? ring : ring.with(ArchiveKeys.attempt(backup, fence), key);
    }

    /**
     * What an export holds in memory at most, besides what does not grow with its settings.
     *
     * @param settings its limits
     * @param layout at which boundaries the files are cut
     * @param replicas how many files there are
     * @return bytes: the segments in flight, the rows between reading and storing, and what each worker has in hand
     */
    public static long memory(ExportSettings settings, DataFileLayout layout, int replicas) {
        long row = (long) replicas * layout.longestChunk();
        long rows = Export.window(settings.workers()) + 2L * settings.workers();
        return settings.segmentsInFlight() * settings.segmentSize().bytes() + rows * row;
    }
}
