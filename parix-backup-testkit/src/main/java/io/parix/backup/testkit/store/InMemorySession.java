package io.parix.backup.testkit.store;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.VolumeSnapshots;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session on a place in memory: the place outlives it, the door closes with it. */
final class InMemorySession implements ProviderSession, ObjectStore {
    private final InMemoryObjectStore place;
    private final @Nullable OpenSnapshots volumes;
    private final SnapshotCapabilities volumesCan;
    private final boolean lockable;
    private volatile boolean closed;

    InMemorySession(InMemoryObjectStore place, @Nullable InMemoryVolumeSnapshots volumes) {
        this.place = place;
        this.lockable = place.isLockable();
        this.volumes = volumes == null ? null : new OpenSnapshots(volumes, this::open);
        this.volumesCan = volumes == null ? SnapshotCapabilities.NONE : volumes.capabilities();
    }

    @Override
    public Capabilities capabilities() {
        open();
        return new Capabilities(true, lockable, false, InMemoryObjectStore.LARGEST_WRITE, volumesCan);
    }

    @Override
    public ObjectStore objects() {
        open();
        return this;
    }

    @Override
    public Optional<VolumeSnapshots> snapshots() {
        open();
        return Optional.ofNullable(volumes);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        return open().putIfAbsent(key, content, call);
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        return open().get(key, range, call);
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        return open().stat(key, call);
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        return open().list(prefix, after, call);
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        return open().delete(keys, call);
    }

    private InMemoryObjectStore open() {
        if (closed) {
            throw new ProviderException(ErrorKind.CANCELLED, "Cannot use the place: the session is closed.");
        }
        return place;
    }
}
