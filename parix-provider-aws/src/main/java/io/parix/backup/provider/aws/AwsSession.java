package io.parix.backup.provider.aws;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
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

    /**
     * Opens a session. Where that fails its place is closed, for nobody else knows of it.
     *
     * @param place closed with the session
     * @return the session
     */
    static AwsSession open(AwsPlace place) {
        try {
            return new AwsSession(place);
        } catch (RuntimeException e) {
            ProviderException failure = e instanceof ProviderException known
                    ? known
                    : new ProviderException(
                            ErrorKind.INVALID_REQUEST,
                            "Cannot open an S3 place: its clients could not be made, "
                                    + e.getClass().getSimpleName() + ".",
                            e);
            throw closing(place, failure);
        } catch (LinkageError e) {
            // A client of EC2 that is not of the SDK's version.
            throw closing(place, e);
        }
    }

    private static <T extends Throwable> T closing(AwsPlace place, T failure) {
        try {
            place.close();
        } catch (ProviderException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private AwsSession(AwsPlace place) {
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
