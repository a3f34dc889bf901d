package io.parix.backup.engine.snapshot;

import io.parix.backup.BackupId;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.SnapshotPlace;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the snapshots that a backup's manifest names, when nothing else knows them any more (spec C11). */
public final class FoundSnapshots {
    /** A manifest does not tell which volumes they are of. */
    private static final String UNKNOWN_VOLUME = "unknown";

    private static final Logger LOG = LoggerFactory.getLogger(FoundSnapshots.class);

    private final DatabaseArchives archives;

    /**
     * Looks at nothing yet.
     *
     * @param archives the places of the databases
     */
    public FoundSnapshots(DatabaseArchives archives) {
        this.archives = archives;
    }

    /**
     * The snapshots of a backup.
     *
     * @param shown those that its manifest names, one per replica
     * @param names of all that are to go with it, those of attempts that the manifest does not tell of, too
     */
    public record Found(Snapshots shown, List<String> names) {
        private static final Found NONE = new Found(Snapshots.NONE, List.of());

        /** Copies the list. */
        public Found {
            names = List.copyOf(names);
        }
    }

    /**
     * Looks at those of a backup. A place that does not answer keeps no backup from being found: what it would have said is then open.
     *
     * @param location where the backup lies
     * @param manifest what names them; what is not the backup's by its name is left out
     * @param call deadline and purpose
     * @return what there is, at a place that makes snapshots; a copy of a bucket elsewhere has none
     */
    public Found of(String location, Manifest manifest, CallContext call) {
        return archives.snapshots(location)
                .map(place -> {
                    Snapshots shown = of(place, manifest.backup(), manifest.snapshots(), call);
                    Set<String> names = new LinkedHashSet<>(shown.names());
                    names.addAll(labelled(place, manifest, call));
                    return new Found(shown, List.copyOf(names));
                })
                .orElse(Found.NONE);
    }

    private static List<String> labelled(SnapshotPlace place, Manifest manifest, CallContext call) {
        if (!place.listed()) {
            return List.of();
        }
        try {
            Map<String, String> labels = SnapshotNames.labels(manifest.database(), manifest.backup());
            return place.volumes().list(labels, null, call).stream()
                    .filter(found -> found.state() != VolumeSnapshots.State.GONE)
                    .map(VolumeSnapshots.Snapshot::name)
                    .sorted()
                    .toList();
        } catch (ProviderException e) {
            LOG.warn("The snapshots of backup {} cannot be listed now", manifest.backup(), e);
            return List.of();
        }
    }

    private static Snapshots of(SnapshotPlace place, BackupId backup, List<String> named, CallContext call) {
        Map<Integer, ReplicaSnapshot> each = new LinkedHashMap<>();
        named.stream()
                .filter(name -> SnapshotNames.isOf(backup, name))
                .map(name -> ReplicaSnapshot.planned(SnapshotNames.replica(name), UNKNOWN_VOLUME, name))
                .forEach(known -> each.computeIfAbsent(known.replica(), replica -> seen(place, known, call)));
        return new Snapshots(List.copyOf(each.values()));
    }

    private static ReplicaSnapshot seen(SnapshotPlace place, ReplicaSnapshot known, CallContext call) {
        try {
            return SnapshotWatch.seen(known, place.volumes().describe(known.name(), call));
        } catch (ProviderException e) {
            LOG.warn("What became of snapshot {} cannot be told now", known.name(), e);
            return known;
        }
    }
}
