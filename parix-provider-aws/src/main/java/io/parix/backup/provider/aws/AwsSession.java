package io.parix.backup.provider.aws;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;

/** An opened bucket. */
final class AwsSession implements ProviderSession {
    /** Deleting removes every version, so none lives on; snapshots of volumes are no part of this provider yet. */
    private static final Capabilities CAPABILITIES =
            new Capabilities(true, true, false, new ByteSize(AwsWriter.LARGEST_WRITE), SnapshotCapabilities.NONE);

    private final AwsPlace place;
    private final ObjectStore objects;

    AwsSession(AwsPlace place) {
        this.place = place;
        this.objects = new AwsObjectStore(place);
    }

    @Override
    public Capabilities capabilities() {
        place.requireOpen("asking for capabilities");
        return CAPABILITIES;
    }

    @Override
    public ObjectStore objects() {
        place.requireOpen("asking for objects");
        return objects;
    }

    @Override
    public Optional<VolumeSnapshots> snapshots() {
        place.requireOpen("asking for snapshots");
        return Optional.empty();
    }

    @Override
    public void close() {
        place.close();
    }
}
