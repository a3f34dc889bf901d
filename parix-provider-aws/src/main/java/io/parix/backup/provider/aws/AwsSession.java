package io.parix.backup.provider.aws;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An opened bucket, and EC2 beside it where snapshots of volumes are asked for. */
final class AwsSession implements ProviderSession {
    /** EC2 cuts the volumes of an instance together, but no verb of ours asks for that; the limits are those of its guide. */
    private static final SnapshotCapabilities EBS = new SnapshotCapabilities(
            true,
            true,
            true,
            SnapshotCapabilities.GroupCut.NONE,
            Ec2Code.BETWEEN_SNAPSHOTS,
            Ec2Code.PENDING_PER_VOLUME);

    private final AwsPlace place;
    private final ObjectStore objects;
    private final @Nullable VolumeSnapshots snapshots;
    private final Capabilities capabilities;

    AwsSession(AwsPlace place) {
        this.place = place;
        this.objects = new AwsObjectStore(place);
        // What follows is the one place that loads the client of EC2, which need not be there.
        this.snapshots = place.config().volumes() == null
                ? null
                : AwsVolumeSnapshots.of(place, place.config().volumes());
        // Deleting removes every version, so none lives on.
        this.capabilities = new Capabilities(
                true,
                true,
                false,
                new ByteSize(AwsWriter.LARGEST_WRITE),
                snapshots == null ? SnapshotCapabilities.NONE : EBS);
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
