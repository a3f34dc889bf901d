package io.parix.backup.provider.local;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files. Answers of {@link #stat} and {@link #list} carry no checksums: a checksum remembered beside the bytes
 * would still look right after the bytes have rotted, so only reading them can tell.
 */
final class LocalObjectStore implements ObjectStore {
    /** Under what every POSIX file system of our time takes, 16 TiB. */
    static final long LARGEST_WRITE = 1L << 40;

    private final LocalTree tree;
    private final LocalWriter writer;
    private final LocalRemover remover;

    LocalObjectStore(LocalTree tree, Temporaries temporaries, Disk disk) {
        this.tree = tree;
        this.writer = new LocalWriter(tree, temporaries, disk);
        this.remover = new LocalRemover(tree, disk);
    }

    @Override
    public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
        Deadline deadline = begin(call, "writing " + key);
        if (content.length() < 0 || content.length() > LARGEST_WRITE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write " + key + ": " + content.length() + " bytes are not between 0 and " + LARGEST_WRITE
                            + ".");
        }
        return writer.write(key, content, deadline);
    }

    @Override
    public InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call) {
        Deadline deadline = begin(call, "reading " + key);
        try {
            BasicFileAttributes found = object(key)
                    .orElseThrow(() -> new ProviderException(
                            ErrorKind.NOT_FOUND, "Cannot read " + key + ": there is no such object."));
            ByteRange span = span(key, range, found.size());
            if (span == null) {
                return InputStream.nullInputStream();
            }
            FileChannel file = tree.view().open(tree.resolve(key.value()));
            return new RangeStream(file, key, span, call);
        } catch (NoSuchFileException e) {
            tree.require(deadline.doing());
            throw new ProviderException(ErrorKind.NOT_FOUND, "Cannot read " + key + ": it was just deleted.", e);
        } catch (IOException e) {
            throw LocalErrors.of(deadline.doing(), e);
        }
    }

    /** Returns the span to read, or null where the whole object is nothing. */
    private static @Nullable ByteRange span(ObjectKey key, @Nullable ByteRange range, long size) {
        if (range == null) {
            return size == 0 ? null : new ByteRange(0, size);
        }
        if (range.end() > size) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot read " + range.offset() + "+" + range.length() + " of " + key + ": it has " + size
                            + " bytes.");
        }
        return range;
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
        Deadline deadline = begin(call, "describing " + key);
        try {
            return object(key).map(found -> describe(key, found));
        } catch (IOException e) {
            throw LocalErrors.of(deadline.doing(), e);
        }
    }

    /** Looks an object up; where there is none, that the root is still there has been made sure of after looking. */
    private Optional<BasicFileAttributes> object(ObjectKey key) throws IOException {
        Optional<BasicFileAttributes> found = tree.find(key.value()).filter(BasicFileAttributes::isRegularFile);
        if (found.isEmpty()) {
            tree.require("looking for " + key);
        }
        return found;
    }

    @Override
    public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
        Deadline deadline = begin(call, "listing " + prefix);
        try {
            ObjectPage page = new LocalListing(tree, after, deadline).page(prefix);
            tree.require(deadline.doing());
            return page;
        } catch (IOException e) {
            throw LocalErrors.of(deadline.doing(), e);
        }
    }

    @Override
    public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
        Deadline deadline = begin(call, "deleting " + keys.size() + " objects");
        if (keys.size() > MAX_DELETE) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot delete " + keys.size() + " objects in one call: at most " + MAX_DELETE + " can be.");
        }
        return remover.delete(keys, deadline);
    }

    private Deadline begin(CallContext call, String doing) {
        tree.require(doing);
        return Deadline.begin(call, doing);
    }

    /** The file was last written just before it got its name, so that instant is its creation. */
    static StoredObject describe(ObjectKey key, BasicFileAttributes found) {
        return new StoredObject(key, found.size(), found.lastModifiedTime().toInstant(), null);
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("An object's file always lies in a directory: " + path);
        }
        return parent;
    }
}
