package io.parix.backup.examples.parts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A small file that is whole whenever its writer is killed: as it was before, or as it is to be. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * Writes the file, durably.
     *
     * @param file where
     * @param text its new contents
     * @throws IOException when it cannot be written; then it is as it was
     */
    public static void write(Path file, String text) throws IOException {
        Path fresh = fresh(file);
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /**
     * Removes the file, and what a writer that was killed may have left beside it.
     *
     * @param file the file, which need not be there
     * @throws IOException when it cannot be removed
     */
    public static void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(fresh(file));
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
