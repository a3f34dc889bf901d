package io.parix.backup.provider.local;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.provider.local.disk.DiskView;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory under which everything lies, known by its identity: when it is gone, or another one has its name (a disk
 * was unmounted), every call fails, and nothing looks empty.
 */
final class LocalTree {
    private final Path root;
    private final @Nullable Object identity;
    private final DiskView view;
    private volatile boolean closed;

    private LocalTree(Path root, @Nullable Object identity, DiskView view) {
        this.root = root;
        this.identity = identity;
        this.view = view;
    }

    static LocalTree open(LocalConfig config, Disk disk, DiskView view) {
        String doing = "opening " + config.root();
        try {
            if (config.create()) {
                make(config.root(), disk);
            }
            Path real = config.root().toRealPath();
            BasicFileAttributes found = view.describe(real);
            if (!found.isDirectory()) {
                throw new ProviderException(
                        ErrorKind.INVALID_REQUEST, "Failed " + doing + ": it is not a directory. Name one.");
            }
            return new LocalTree(real, found.fileKey(), view);
        } catch (NoSuchFileException e) {
            throw gone(doing, config.root(), e);
        } catch (IOException e) {
            throw LocalErrors.of(doing, e);
        }
    }

    private static void make(Path directory, Disk disk) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            make(parent, disk);
        }
        disk.makeDirectory(directory);
    }

    Path root() {
        return root;
    }

    void close() {
        closed = true;
    }

    void requireOpen() {
        if (closed) {
            throw new ProviderException(ErrorKind.CANCELLED, "Cannot use " + root + ": the session is closed.");
        }
    }

    /** Begins every call: the session is open and the root is there. */
    void require(String doing) {
        requireOpen();
        try {
            BasicFileAttributes now = view.describe(root);
            if (!now.isDirectory() || !Objects.equals(now.fileKey(), identity)) {
                throw gone(doing, root, null);
            }
        } catch (NoSuchFileException e) {
            throw gone(doing, root, e);
        } catch (IOException e) {
            throw LocalErrors.of(doing, e);
        }
    }

    private static ProviderException gone(String doing, Path root, @Nullable Throwable cause) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE,
                "Failed " + doing + ": the root " + root + " is not there, or another directory has its name. Is the"
                        + " disk mounted? A new store is made by the setting create=true.",
                cause);
    }

    DiskView view() {
        return view;
    }

    /** Where a key or folder lies; the alphabet of keys keeps it under the root. */
    Path resolve(String key) {
        return root.resolve(key);
    }

    /**
     * Looks a name up step by step, so that no symbolic link is followed.
     *
     * @return what has the name: a directory or a file; empty when there is nothing, or a file where a directory should be
     */
    Optional<BasicFileAttributes> find(String key) throws IOException {
        Path at = root;
        BasicFileAttributes found = null;
        for (Path segment : Path.of(key)) {
            if (found != null && !found.isDirectory()) {
                return Optional.empty();
            }
            at = at.resolve(segment);
            found = look(at);
            if (found == null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(found);
    }

    /** Describes one name, without following it; null when there is none. */
    @Nullable
    BasicFileAttributes look(Path path) throws IOException {
        try {
            BasicFileAttributes found = view.describe(path);
            if (!found.isDirectory() && !found.isRegularFile()) {
                throw new ProviderException(
                        ErrorKind.DENIED,
                        "Cannot go through " + path + ": it is a symbolic link or a special file, and a store holds"
                                + " directories and files only. Remove it.");
            }
            return found;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
