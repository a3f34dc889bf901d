package io.parix.backup.provider.local;

import io.parix.backup.ByteSize;
import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.Optional;

/** An opened directory. It holds no descriptor and no thread between calls. */
final class LocalSession implements ProviderSession {
    /** Conditional create is that of hard links; there are no locks, no versions, no volumes. */
    private static final Capabilities CAPABILITIES = new Capabilities(
            true, false, false, new ByteSize(LocalObjectStore.LARGEST_WRITE), SnapshotCapabilities.NONE);

    private final LocalTree tree;
    private final LocalObjectStore objects;

    LocalSession(LocalTree tree, Temporaries temporaries, Disk disk) {
        this.tree = tree;
        this.objects = new LocalObjectStore(tree, temporaries, disk);
    }

    @Override
    public Capabilities capabilities() {
        tree.requireOpen();
        return CAPABILITIES;
    }

    @Override
    public ObjectStore objects() {
        tree.requireOpen();
        return objects;
    }

    @Override
    public Optional<VolumeSnapshots> snapshots() {
        tree.requireOpen();
        return Optional.empty();
    }

    @Override
    public void close() {
        tree.close();
    }
}
