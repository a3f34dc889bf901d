package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directory {@code .parix-restore} beside the data files, where everything of a restore lies: staged and kept files,
 * notes, fencing tokens.
 */
final class Area {
    private static final String NAME = ".parix-restore";

    private final Path root;
    private final Disk disk;

    Area(ClusterPlace place, Disk disk) {
        this.root = place.directory().resolve(NAME);
        this.disk = disk;
    }

    Path root() {
        return root;
    }

    /** Makes the area, durably. */
    void make() throws IOException {
        disk.makeDirectory(root);
    }

    /** Where a backup is staged, the same for every restore of it. */
    Path staged(RestoreCall call) {
        if (!call.manifestDigest().matches("[0-9a-f]{64}")) {
            throw InvalidRequestException.of(
                    "manifest digest", Printable.quote(call.manifestDigest()), "it must be 64 of 0-9a-f");
        }
        return root.resolve(
                "staged-" + call.backup() + "-" + call.manifestDigest().substring(0, 32));
    }

    Path kept(RestoreCall call) {
        return root.resolve("kept-" + call.restore());
    }

    Path note(RestoreCall call) {
        return root.resolve("swap-" + call.restore());
    }

    Path fence(DatabaseId database) {
        return root.resolve("fence-" + database);
    }

    Path lock() {
        return root.resolve("lock");
    }

    /** Reads a small file of ours. */
    static Optional<String> read(Path file) throws IOException {
        return exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip())
                : Optional.empty();
    }

    private Path fresh(Path file) {
        return root.resolve(file.getFileName() + ".new");
    }

    /** Writes a small file, whole and durable or not at all. */
    void write(Path file, String text) throws IOException {
        Path fresh = fresh(file);
        if (exists(fresh)) {
            disk.unlink(fresh);
        }
        try (FileChannel out = disk.create(fresh)) {
            disk.write(out, fresh, ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
            disk.force(out, fresh);
        }
        disk.replace(fresh, file);
        disk.forceDirectory(root);
    }

    /** Removes a small file, and what a writer of it may have left half done, durably. */
    void remove(Path file) throws IOException {
        for (Path each : List.of(file, fresh(file))) {
            if (exists(each)) {
                disk.unlink(each);
            }
        }
        disk.forceDirectory(root);
    }

    /** Removes our files from a directory of ours, then the directory; what a stranger put there stays, and it with it. */
    void removeDirectory(Path directory, ClusterPlace place) throws IOException {
        if (!exists(directory)) {
            return;
        }
        for (int i = 0; i < place.replicas(); i++) {
            Path file = directory.resolve(place.fileName(i));
            if (exists(file)) {
                disk.unlink(file);
            }
        }
        try (var strangers = Files.newDirectoryStream(directory)) {
            if (strangers.iterator().hasNext()) {
                return;
            }
        }
        disk.removeDirectory(directory);
        disk.forceDirectory(root);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses what has a data file's name and is not a plain file. */
    static void requireFileOrNothing(Path path) throws IOException {
        if (exists(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is not a plain file; a restore replaces plain files only");
        }
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("A file of a cluster always lies in a directory: " + path);
        }
        return parent;
    }
}
