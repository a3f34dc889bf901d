package io.parix.backup.archive.manifest;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Trigger;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.segment.ArchivePlace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commit point of a backup: what it is and, through its indexes, every object that it needs.
 *
 * @param database whose backup it is
 * @param backup which one
 * @param origin who asked, and why
 * @param times when
 * @param profile the restore metadata
 * @param layout at which boundaries the files were cut; no chunk is longer than 4 MiB
 * @param replicas 1 to 6, in order of index, each index once
 * @param totals its sizes
 * @param keys what its objects are sealed under: a data key for its own attempt, and for each that wrote a segment of it, each once, at
 *     most {@link #MAX_KEYS}; empty for a backup that lies in the clear
 * @param warnings findings that were no reason to refuse, at most 200
 * @param snapshots names of the provider snapshots that belong to it, at most 100
 * @param library the version of the library that wrote it
 * @param installation the id of the installation that wrote it, 32 lower-case hexadecimal digits
 */
public record Manifest(
        DatabaseId database,
        BackupId backup,
        Origin origin,
        Times times,
        CapturedProfile profile,
        DataFileLayout layout,
        List<ArchivedReplica> replicas,
        Totals totals,
        List<AttemptKey> keys,
        List<Check> warnings,
        List<String> snapshots,
        String library,
        String installation) {
    /** The most attempts whose segments a sealed backup can name: segments of older ones are stored anew. */
    public static final int MAX_KEYS = 256;

    private static final Pattern INSTALLATION = Pattern.compile("[0-9a-f]{32}");
    private static final int MAX_REPLICAS = 6;
    private static final int MAX_WARNINGS = 200;
    private static final int MAX_SNAPSHOTS = 100;
    private static final int MAX_WAL_SLOTS = 1 << 14;
    private static final int MAX_CLIENT_SLOTS = 1 << 14;
    private static final int MAX_CHUNK = 4 << 20;

    /**
     * Who asked, and why.
     *
     * @param trigger manual or scheduled
     * @param actor who
     */
    public record Origin(Trigger trigger, Actor actor) {}

    /**
     * The instants of a backup.
     *
     * @param requested when it was asked for
     * @param started when its attempt began
     * @param coveredUntil everything acknowledged before it is in the backup
     * @param committed when its manifest was decided
     */
    public record Times(Instant requested, Instant started, Instant coveredUntil, Instant committed) {
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

        /** Refuses what no clock shows, and no catalog could keep. */
        public Times {
            for (Instant time : List.of(requested, started, coveredUntil, committed)) {
                if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
                    throw new IllegalArgumentException("The instants of a backup lie between 1970 and 9999");
                }
            }
        }
    }

    /** Sorts the replicas and refuses what no backup is. */
    public Manifest {
        replicas = replicas.stream()
                .sorted(Comparator.comparingInt(r -> r.facts().index()))
                .toList();
        keys = List.copyOf(keys);
        warnings = List.copyOf(warnings);
        snapshots = List.copyOf(snapshots);
        if (layout.walSlots() > MAX_WAL_SLOTS
                || layout.clientSlots() > MAX_CLIENT_SLOTS
                || layout.longestChunk() > MAX_CHUNK) {
            throw new IllegalArgumentException("No data file is cut into chunks as large as those of " + layout);
        }
        if (!INSTALLATION.matcher(installation).matches()) {
            throw new IllegalArgumentException("An installation's id has 32 hexadecimal digits");
        }
        if (replicas.isEmpty() || replicas.size() > MAX_REPLICAS) {
            throw new IllegalArgumentException("A backup has 1 to 6 replicas, not " + replicas.size());
        }
        if (replicas.stream().mapToInt(r -> r.facts().index()).distinct().count() != replicas.size()) {
            throw new IllegalArgumentException("A backup has each replica once");
        }
        if (keys.size() > MAX_KEYS
                || keys.stream().map(AttemptKey::attempt).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("A backup has at most " + MAX_KEYS + " keys, each attempt's once");
        }
        if (warnings.size() > MAX_WARNINGS || snapshots.size() > MAX_SNAPSHOTS) {
            throw new IllegalArgumentException("A manifest has at most 200 warnings and 100 snapshots");
        }
    }

    /** {@return whether its objects are sealed; they all are, or none} */
    public boolean isSealed() {
        return !keys.isEmpty();
    }

    /**
     * Gathers the keys of its objects.
     *
     * @param place where it lies
     * @return its keys, none of them asked for yet
     */
    public Keyring ring(ArchivePlace place) {
        return place.ring(keys.stream().collect(Collectors.toMap(AttemptKey::attempt, AttemptKey::key)));
    }

    /**
     * One of its replicas.
     *
     * @param index the replica's index
     * @return the replica
     */
    public ArchivedReplica replica(int index) {
        return replicas.stream()
                .filter(r -> r.facts().index() == index)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Backup " + backup + " has no replica " + index));
    }
}
