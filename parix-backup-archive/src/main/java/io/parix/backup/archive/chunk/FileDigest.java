package io.parix.backup.archive.chunk;

import io.parix.backup.spi.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The tree digest of a file: SHA-256 over, for each chunk that is not zero in order of position, its ordinal (u64,
 * little-endian) and its identity; then the file's length (u64, little-endian). Zero spans cost nothing, however long.
 */
public final class FileDigest {
    private final MessageDigest sha = Checksums.newSha256();
    private final ByteBuffer entry =
            ByteBuffer.allocate(Long.BYTES + ChunkId.LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Adds a chunk.
     *
     * @param ordinal greater than that of the chunk before
     * @param id its identity
     */
    public void add(long ordinal, ChunkId id) {
        entry.clear().putLong(ordinal);
        id.write(entry);
        sha.update(entry.flip());
    }

    /**
     * Ends the file.
     *
     * @param length the file's length
     * @return the digest, 64 hexadecimal characters
     */
    public String finish(long length) {
        entry.clear().putLong(length);
        sha.update(entry.flip());
        return HexFormat.of().formatHex(sha.digest());
    }
}
