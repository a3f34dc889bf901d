package io.parix.backup.provider.local.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Looks at files and reads them, each look announced before it is taken, and follows no symbolic link. Safe for concurrent use. */
public final class DiskView {
    /** What can be seen of a disk. */
    public enum Look {
        /** What has a name. */
        DESCRIBE,
        /** The bytes of a file. */
        OPEN,
        /** The names in a directory. */
        NAMES
    }

    /** Hears of each look before it is taken. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Hears of a look.
         *
         * @param look what is about to be looked for
         * @param path at which name
         * @throws IOException to make it fail instead
         */
        void before(Look look, Path path) throws IOException;
    }

    private final Watcher watcher;

    /** A view that nobody watches. */
    public DiskView() {
        this((look, path) -> {});
    }

    /**
     * A view that is watched.
     *
     * @param watcher hears of each look
     */
    public DiskView(Watcher watcher) {
        this.watcher = watcher;
    }

    /**
     * Describes a name.
     *
     * @param path the name
     * @return what has it
     * @throws IOException when nothing has it, or it cannot be described
     */
    public BasicFileAttributes describe(Path path) throws IOException {
        watcher.before(Look.DESCRIBE, path);
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens a file.
     *
     * @param path its name
     * @return the file, open for reading
     * @throws IOException when it is not there, or cannot be read
     */
    public FileChannel open(Path path) throws IOException {
        watcher.before(Look.OPEN, path);
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the names in a directory, in no order.
     *
     * @param directory the directory
     * @return the names, to be closed
     * @throws IOException when it is not there, or cannot be read
     */
    @SuppressWarnings("StreamResourceLeak") // its caller closes it
    public DirectoryStream<Path> names(Path directory) throws IOException {
        watcher.before(Look.NAMES, directory);
        return Files.newDirectoryStream(directory);
    }
}
