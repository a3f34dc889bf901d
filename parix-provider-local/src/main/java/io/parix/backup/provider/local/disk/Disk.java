package io.parix.backup.provider.local.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes files, each change announced before it is made. Safe for concurrent use. */
public final class Disk {
    /** What can be done to a disk. */
    public enum Operation {
        /** Make a new file. */
        CREATE,
        /** Write to an open file. */
        WRITE,
        /** Wait until an open file has reached the disk. */
        FORCE,
        /** Give a file a second name. */
        LINK,
        /** Take a name away. */
        UNLINK,
        /** Give a file another name, in place of what had it. */
        REPLACE,
        /** Make a directory. */
        MAKE_DIRECTORY,
        /** Remove an empty directory. */
        REMOVE_DIRECTORY,
        /** Wait until a directory's names have reached the disk. */
        FORCE_DIRECTORY
    }

    /** Hears of each operation before it is done. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Hears of an operation.
         *
         * @param operation what is about to be done
         * @param path on which name
         * @throws IOException to make it fail instead
         */
        void before(Operation operation, Path path) throws IOException;
    }

    private final Watcher watcher;

    /** A disk that nobody watches. */
    public Disk() {
        this((operation, path) -> {});
    }

    /**
     * A disk that is watched.
     *
     * @param watcher hears of each operation
     */
    public Disk(Watcher watcher) {
        this.watcher = watcher;
    }

    /**
     * Makes a new file; a name that is taken is an error.
     *
     * @param path its name
     * @return the file, open for writing
     * @throws IOException when it cannot be made
     */
    public FileChannel create(Path path) throws IOException {
        watcher.before(Operation.CREATE, path);
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /**
     * Writes all that remains in {@code source} at the end of what was written.
     *
     * @param file from {@link #create}
     * @param path its name
     * @param source what to write
     * @throws IOException when it cannot be written
     */
    public void write(FileChannel file, Path path, ByteBuffer source) throws IOException {
        watcher.before(Operation.WRITE, path);
        while (source.hasRemaining()) {
            file.write(source);
        }
    }

    /**
     * Returns when the file's bytes and length have reached the disk.
     *
     * @param file open for writing
     * @param path its name
     * @throws IOException when that cannot be assured
     */
    public void force(FileChannel file, Path path) throws IOException {
        watcher.before(Operation.FORCE, path);
        file.force(true);
    }

    /**
     * Gives a file a second name; a name that is taken is an error.
     *
     * @param link the new name
     * @param existing the file
     * @throws IOException when it cannot have it
     */
    public void link(Path link, Path existing) throws IOException {
        watcher.before(Operation.LINK, link);
        Files.createLink(link, existing);
    }

    /**
     * Takes a name away.
     *
     * @param path the name
     * @throws IOException when it is not there, or stays
     */
    public void unlink(Path path) throws IOException {
        watcher.before(Operation.UNLINK, path);
        Files.delete(path);
    }

    /**
     * Renames in one step; whoever looks sees the old file or the new one.
     *
     * @param source what is renamed
     * @param target its name from now on
     * @throws IOException when it cannot be renamed
     */
    public void replace(Path source, Path target) throws IOException {
        watcher.before(Operation.REPLACE, target);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes a directory where there is none, and its name durable either way.
     *
     * @param directory its parent exists
     * @throws IOException when it cannot be made, or something else has its name
     */
    public void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            watcher.before(Operation.MAKE_DIRECTORY, directory);
            makeOrFind(directory);
        }
        Path parent = directory.getParent();
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    private static void makeOrFind(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /**
     * Removes an empty directory.
     *
     * @param directory the directory
     * @throws IOException when it is not empty, not there, or stays
     */
    public void removeDirectory(Path directory) throws IOException {
        watcher.before(Operation.REMOVE_DIRECTORY, directory);
        Files.delete(directory);
    }

    /**
     * Returns when the names in a directory have reached the disk.
     *
     * @param directory the directory
     * @throws IOException when that cannot be assured
     */
    public void forceDirectory(Path directory) throws IOException {
        watcher.before(Operation.FORCE_DIRECTORY, directory);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
