package io.parix.backup.provider.local;

import io.parix.backup.ByteSize;
import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.provider.local.disk.Disk.Operation;
import io.parix.backup.provider.local.disk.DiskView;
import io.parix.backup.provider.local.disk.DiskView.Look;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreContractTest implements ObjectStoreContract {
    @TempDir
    private Path directory;

    private Path root = Path.of("unset");

    @Override
    public ObjectStore emptyStore() throws IOException {
        return storeOn(new Disk());
    }

    private ObjectStore storeOn(Disk disk) throws IOException {
        return storeOn(disk, new DiskView());
    }

    private ObjectStore storeOn(Disk disk, DiskView view) throws IOException {
        root = Files.createTempDirectory(directory, "root");
        return new LocalProvider(disk, view, InstantSource.system())
                .open(new StorageLocation(LocalProvider.ID, Map.of("root", root.toString()), KeyPrefix.ROOT))
                .objects();
    }

    @Override
    public Optional<ObjectStore> fullStore(ByteSize room) throws IOException {
        AtomicLong blocks = new AtomicLong(room.bytes() / (256 << 10));
        return Optional.of(storeOn(new Disk((operation, path) -> {
            if (operation == Operation.WRITE && blocks.decrementAndGet() < 0) {
                throw new IOException("No space left on device");
            }
        })));
    }

    @Override
    public Optional<ObjectStore> lostStore() throws IOException {
        ObjectStore store = kept(emptyStore());
        // As when a disk is unmounted: the directory is there, and is another one.
        Files.move(root, root.resolveSibling("away"));
        Files.createDirectory(root);
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> forbiddenStore() throws IOException {
        AtomicBoolean denies = new AtomicBoolean();
        ObjectStore store = kept(storeOn(new Disk((operation, path) -> requireNot(denies, path))));
        denies.set(true);
        return Optional.of(store);
    }

    @Override
    public Optional<ObjectStore> deniedStore() throws IOException {
        AtomicBoolean denies = new AtomicBoolean();
        ObjectStore store =
                kept(storeOn(new Disk((operation, path) -> requireNot(denies, path)), new DiskView((look, path) -> {
                    // The root itself is described by whoever may pass through the directories above it.
                    if (look != Look.DESCRIBE || !path.equals(root)) {
                        requireNot(denies, path);
                    }
                })));
        denies.set(true);
        return Optional.of(store);
    }

    /** What a file system answers to whoever may not do it. */
    private static void requireNot(AtomicBoolean denies, Path path) throws IOException {
        if (denies.get()) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private static ObjectStore kept(ObjectStore store) {
        store.putIfAbsent(
                new ObjectKey("kept/object"),
                ObjectContent.of(new byte[10]),
                new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE));
        return store;
    }

    @Override
    public boolean truncate(ObjectStore store, ObjectKey key) throws IOException {
        try (FileChannel file = FileChannel.open(root.resolve(key.value()), StandardOpenOption.WRITE)) {
            file.truncate(2 << 20);
        }
        return true;
    }

    @Override
    public ByteSize largestWrite() {
        return new ByteSize(LocalObjectStore.LARGEST_WRITE);
    }
}
