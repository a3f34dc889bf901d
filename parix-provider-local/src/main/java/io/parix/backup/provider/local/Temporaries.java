package io.parix.backup.provider.local;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where objects are written before they have their name: {@code .tmp} under the root, which no key can name.
 *
 * <p>A process that died leaves its temporaries there. They are removed when a session opens and they have not been
 * written to for a day. Should one belong to a living writer after all, its object cannot be published any more and its
 * write fails; nothing else can happen.
 */
final class Temporaries {
    private static final String AREA = ".tmp";
    private static final Duration STALE = Duration.ofDays(1);
    private static final int TRIES = 100;

    private final LocalTree tree;
    private final Path area;
    private final Disk disk;
    private final String prefix =
            "put-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";
    private final AtomicLong next = new AtomicLong();

    Temporaries(LocalTree tree, Disk disk) {
        this.tree = tree;
        this.area = tree.root().resolve(AREA);
        this.disk = disk;
    }

    /** An open temporary. */
    record Temporary(Path path, FileChannel file) {}

    Temporary create() throws IOException {
        requireArea();
        for (int i = 0; i < TRIES; i++) {
            Path path = area.resolve(prefix + next.incrementAndGet());
            try {
                return new Temporary(path, disk.create(path));
            } catch (FileAlreadyExistsException e) {
                // Another process on a shared disk had the same idea; the next number is free.
            }
        }
        throw new IOException("no free name for a temporary file in " + area);
    }

    private void requireArea() throws IOException {
        if (tree.look(area) != null) {
            return;
        }
        disk.makeDirectory(area);
        if (Files.exists(area.resolveSibling(".TMP"), LinkOption.NOFOLLOW_LINKS)) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot write under " + area.getParent() + ": its file system does not tell upper from lower case,"
                            + " and keys do. Choose another.");
        }
    }

    /** Takes a temporary away; what cannot be is left for the next sweep. */
    void discard(Path temporary) {
        try {
            disk.unlink(temporary);
        } catch (IOException e) {
            // It has no name that a reader knows, so it harms nobody.
        }
    }

    /** Removes what dead processes left. Nothing here may keep a place, perhaps a read-only one, from opening. */
    void sweep(Instant now) {
        if (!Files.isDirectory(area, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(area, "put-*")) {
            for (Path path : names) {
                sweepOne(path, now.minus(STALE));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next session tries again.
        }
    }

    private void sweepOne(Path path, Instant before) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isRegularFile() && found.lastModifiedTime().toInstant().isBefore(before)) {
            disk.unlink(path);
        }
    }
}
