package io.parix.backup.provider.local;

import io.parix.backup.provider.local.Temporaries.Temporary;
import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * Creates an object in five steps, each durable before the next: its bytes in a temporary file, its directories, its name
 * by a hard link (which fails where the name is taken; a rename would replace), the directory's own bytes, and the
 * temporary's name away. A process that dies between two of them leaves a temporary, or the whole object.
 */
final class LocalWriter {
    private static final int BLOCK = 256 << 10;
    private static final int REMEMBERED = 4_096;

    private final LocalTree tree;
    private final Temporaries temporaries;
    private final Disk disk;

    /** Directories whose own names are on the disk; nothing here removes one. Forgotten when there are too many. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    LocalWriter(LocalTree tree, Temporaries temporaries, Disk disk) {
        this.tree = tree;
        this.temporaries = temporaries;
        this.disk = disk;
    }

    StoredObject write(ObjectKey key, ObjectContent content, Deadline deadline) {
        try {
            refuseTaken(key);
            Temporary temporary = temporaries.create();
            try {
                BasicFileAttributes written = fill(temporary, key, content, deadline);
                publish(key, temporary.path());
                return new StoredObject(
                        key, written.size(), written.lastModifiedTime().toInstant(), content.checksums());
            } finally {
                temporaries.discard(temporary.path());
            }
        } catch (IOException e) {
            tree.require(deadline.doing());
            throw LocalErrors.ofWrite(deadline.doing(), e, tree.root(), content.length());
        }
    }

    private BasicFileAttributes fill(Temporary temporary, ObjectKey key, ObjectContent content, Deadline deadline)
            throws IOException {
        try (FileChannel file = temporary.file()) {
            Checksums arrived = copy(temporary, content, deadline);
            if (file.size() != content.length() || !arrived.equals(content.checksums())) {
                throw new ProviderException(
                        ErrorKind.CORRUPT,
                        "Cannot write " + key + ": the bytes that came are not those that were promised ("
                                + content.length() + " bytes, SHA-256 "
                                + content.checksums().sha256() + ").");
            }
            disk.force(file, temporary.path());
        }
        return Files.readAttributes(temporary.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Copies until the content ends or is longer than it should be. */
    private Checksums copy(Temporary to, ObjectContent content, Deadline deadline) throws IOException {
        CRC32C crc = new CRC32C();
        MessageDigest sha = Checksums.newSha256();
        byte[] block = new byte[(int) Math.max(1, Math.min(BLOCK, content.length()))];
        try (InputStream in = content.open()) {
            long written = 0;
            int n = in.readNBytes(block, 0, block.length);
            while (n > 0 && written <= content.length()) {
                deadline.check();
                crc.update(block, 0, n);
                sha.update(block, 0, n);
                disk.write(to.file(), to.path(), ByteBuffer.wrap(block, 0, n));
                written += n;
                n = in.readNBytes(block, 0, block.length);
            }
        }
        deadline.check();
        return Checksums.of(crc, sha);
    }

    private void publish(ObjectKey key, Path temporary) throws IOException {
        Path path = tree.resolve(key.value());
        makeDirectories(key);
        try {
            disk.link(path, temporary);
        } catch (FileAlreadyExistsException e) {
            refuseTaken(key);
            throw e;
        } catch (UnsupportedOperationException e) {
            throw LocalErrors.noLink("writing " + key, e);
        } catch (FileSystemException e) {
            if (LocalErrors.meansNoLink(e)) {
                throw LocalErrors.noLink("writing " + key, e);
            }
            throw e;
        }
        forceName(key);
    }

    /** Makes the directories of a key, and their names durable, from the root down. */
    private void makeDirectories(ObjectKey key) throws IOException {
        Path segments = Path.of(key.value());
        Path directory = tree.root();
        for (int i = 0; i < segments.getNameCount() - 1; i++) {
            directory = directory.resolve(segments.getName(i));
            BasicFileAttributes found = tree.look(directory);
            if (found != null && !found.isDirectory()) {
                throw conflict(key, directory + " is an object");
            }
            if (found == null || !durable.contains(directory)) {
                disk.makeDirectory(directory);
                remember(directory);
            }
        }
    }

    private void remember(Path directory) {
        if (durable.size() >= REMEMBERED) {
            durable.clear();
        }
        durable.add(directory);
    }

    /** Raises where the name is taken. Whoever then compares takes the object for stored, so its name is forced first. */
    private void refuseTaken(ObjectKey key) throws IOException {
        Optional<BasicFileAttributes> found = tree.find(key.value());
        if (found.isEmpty()) {
            return;
        }
        if (found.get().isDirectory()) {
            throw conflict(key, "it is a folder of other objects");
        }
        makeDirectories(key);
        forceName(key);
        throw new ProviderException(ErrorKind.ALREADY_EXISTS, "Cannot write " + key + ": the key is taken.");
    }

    private void forceName(ObjectKey key) {
        try {
            disk.forceDirectory(LocalObjectStore.parent(tree.resolve(key.value())));
        } catch (IOException e) {
            throw new ProviderException(
                    ErrorKind.OUTCOME_UNKNOWN,
                    "Wrote " + key + ", but whether its name has reached the disk cannot be told: " + e + ".",
                    e);
        }
    }

    private static ProviderException conflict(ObjectKey key, String fact) {
        return new ProviderException(
                ErrorKind.CONFLICT,
                "Cannot write " + key + ": " + fact + ", and a directory holds no file of the same name.");
    }
}
