package io.parix.backup.examples.parts;

import io.parix.backup.spi.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SHA-256 of whole files, by which examples prove that what came back is what was there. */
public final class Digests {
    private static final int BLOCK = 1 << 20;

    private Digests() {}

    /** Hears how many bytes were read. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some more bytes were read.
         *
         * @param done of all files together
         * @param expected of all files together
         */
        void shown(long done, long expected);
    }

    /**
     * Reads files from their first byte to their last.
     *
     * @param files the files
     * @param progress hears of it every now and then
     * @return SHA-256 in lower-case hexadecimal, by file name
     * @throws IOException when one cannot be read
     */
    public static Map<String, String> of(List<Path> files, Progress progress) throws IOException {
        long all = sizeOf(files);
        Map<String, String> digests = new LinkedHashMap<>();
        long read = 0;
        for (Path file : files) {
            digests.put(String.valueOf(file.getFileName()), sha256(file, read, all, progress));
            read += Files.size(file);
        }
        return digests;
    }

    /**
     * Adds lengths up.
     *
     * @param files the files
     * @return their bytes together, as the file system shows them
     * @throws IOException when one is not there
     */
    public static long sizeOf(List<Path> files) throws IOException {
        long all = 0;
        for (Path file : files) {
            all += Files.size(file);
        }
        return all;
    }

    private static String sha256(Path file, long before, long all, Progress progress) throws IOException {
        MessageDigest sha = Checksums.newSha256();
        byte[] block = new byte[BLOCK];
        long read = before;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                sha.update(block, 0, n);
                long shown = read / (BLOCK << 6);
                read += n;
                if (read / (BLOCK << 6) != shown) {
                    progress.shown(read, all);
                }
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
