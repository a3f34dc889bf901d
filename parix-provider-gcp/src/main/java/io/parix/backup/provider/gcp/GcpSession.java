package io.parix.backup.provider.gcp;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;

/** An opened bucket. */
final class GcpSession implements ProviderSession {
    /** Deleting removes every generation, so none lives on under a name. */
    private static final Capabilities CAPABILITIES =
            new Capabilities(true, true, false, new ByteSize(GcpWriter.LARGEST_WRITE), SnapshotCapabilities.NONE);

    private final GcpPlace place;
    private final ObjectStore objects;

    GcpSession(GcpPlace place) {
        this.place = place;
        this.objects = new GcpObjectStore(place);
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
