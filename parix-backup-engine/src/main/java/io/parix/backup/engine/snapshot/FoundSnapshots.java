package io.parix.backup.engine.snapshot;

import io.parix.backup.BackupId;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.core.job.Snapshots;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.SnapshotPlace;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ProviderException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Looks at those of a backup. A place that does not answer keeps no backup from being found: what it would have said is then open.
     *
     * @param location where the backup lies
     * @param backup which
     * @param named what its manifest names; what is not the backup's by its name is left out
     * @param call deadline and purpose
     * @return one per replica, at a place that makes snapshots; a copy of a bucket elsewhere has none
     */
    public Snapshots of(String location, BackupId backup, List<String> named, CallContext call) {
        return archives.snapshots(location)
                .map(place -> of(place, backup, named, call))
                .orElse(Snapshots.NONE);
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
