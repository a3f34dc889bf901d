package io.parix.backup.engine.snapshot;

import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.ImageVolumes;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.SnapshotPlace;
import io.parix.backup.engine.settings.SnapshotLimits;
import io.parix.backup.engine.snapshot.SnapshotWatch.Wait;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes volumes of the snapshots that an attempt's images are read from. Idempotent: a volume has its snapshot's name, which the intent
 * holds, so asking again finds it. Holds no thread while it waits. Safe for concurrent calls.
 */
public final class Materialization {
    private final DatabaseArchives archives;
    private final SnapshotLimits limits;

    /**
     * Makes nothing yet.
     *
     * @param archives the places of the databases
     * @param limits how long is waited
     */
    public Materialization(DatabaseArchives archives, SnapshotLimits limits) {
        this.archives = archives;
        this.limits = limits;
    }

    /**
     * The volumes.
     *
     * @param volumes those that can be attached, in order of replica
     * @param awaits what is waited for, where not all are there
     */
    public record Made(List<SnapshotVolume> volumes, Optional<Wait> awaits) {
        private static final Made NONE = new Made(List.of(), Optional.empty());

        /** Copies the list. */
        public Made {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * Asks for the volumes of an attempt.
     *
     * @param job the attempt
     * @param call deadline, cancellation, job
     * @return what is there; none for snapshots that failed, and where the place makes no volumes any more
     * @throws ProviderException where the place refuses or does not answer
     */
    public Made of(BackupJob.Running job, CallContext call) {
        Optional<SnapshotPlace> place = job.run().volumes().images() == null
                ? Optional.empty()
                : archives.snapshots(job.header().location()).filter(SnapshotPlace::materializes);
        return place.map(there -> made(there, job, call)).orElse(Made.NONE);
    }

    private Made made(SnapshotPlace place, BackupJob.Running job, CallContext call) {
        List<SnapshotVolume> made = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (ReplicaSnapshot snapshot : job.run().volumes().each()) {
            job.run()
                    .volumes()
                    .image(snapshot)
                    .ifPresent(volume -> place.volumes()
                            .materialize(request(job.header(), volume), call)
                            .ifPresentOrElse(
                                    id -> made.add(new SnapshotVolume(
                                            snapshot.replica(), id, job.run().startedAt())),
                                    () -> pending.add(
                                            "the volume for replica " + snapshot.replica() + " is being made")));
        }
        return new Made(
                made,
                pending.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Wait(String.join("; ", pending), limits.lookEvery())));
    }

    private static VolumeRequest request(BackupHeader header, ImageVolumes.Each volume) {
        return new VolumeRequest(volume.name(), volume.name(), volume.where(), SnapshotNames.labels(header));
    }
}
