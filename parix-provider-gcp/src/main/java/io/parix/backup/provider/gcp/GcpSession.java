package io.parix.backup.provider.gcp;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An opened bucket, and Compute Engine beside it where snapshots of disks are asked for. */
final class GcpSession implements ProviderSession {
    /**
     * Compute Engine cuts the disks of a consistency group together as instant snapshots and clones only, and no verb of ours asks for
     * that. It has no limit for pending ones that it tells.
     */
    private static final SnapshotCapabilities COMPUTE = new SnapshotCapabilities(
            true, true, true, SnapshotCapabilities.GroupCut.NONE, ComputeCode.BETWEEN_SNAPSHOTS, 0);

    private final GcpPlace place;
    private final ObjectStore objects;
    private final @Nullable VolumeSnapshots snapshots;
    private final Capabilities capabilities;

    GcpSession(GcpPlace place) {
        this.place = place;
        this.objects = new GcpObjectStore(place);
        // What follows is the one place that loads the client of Compute Engine, which need not be there.
        this.snapshots = place.config().volumes() == null
                ? null
                : GcpVolumeSnapshots.of(place, place.config().volumes());
        // Deleting removes every generation, so none lives on under a name.
        this.capabilities = new Capabilities(
                true,
                true,
                false,
                new ByteSize(GcpWriter.LARGEST_WRITE),
                snapshots == null ? SnapshotCapabilities.NONE : COMPUTE);
    }

    @Override
    public Capabilities capabilities() {
        place.requireOpen("asking for capabilities");
        return capabilities;
    }

    @Override
    public ObjectStore objects() {
        place.requireOpen("asking for objects");
        return objects;
    }

    @Override
    public Optional<VolumeSnapshots> snapshots() {
        place.requireOpen("asking for snapshots");
        return Optional.ofNullable(snapshots);
    }

    @Override
    public void close() {
        place.close();
    }
}
