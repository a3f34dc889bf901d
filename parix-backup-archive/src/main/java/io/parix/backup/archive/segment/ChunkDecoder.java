package io.parix.backup.archive.segment;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.parix.backup.archive.chunk.ChunkHasher;
import io.parix.backup.archive.flow.SectorBuffers;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Gives chunks back, each only after its identity was checked. For one thread. */
public final class ChunkDecoder implements AutoCloseable {
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final ChunkHasher hasher = new ChunkHasher();
    private final ByteBuffer buffer;

    /**
     * A decoder.
     *
     * @param longestChunk the most bytes that it gives out
     */
    public ChunkDecoder(int longestChunk) {
        this.buffer = SectorBuffers.allocate(longestChunk);
    }

    /**
     * Decodes a chunk.
     *
     * @param bytes holds its stored bytes
     * @param base the position in {@code bytes} that the chunk's offset counts from
     * @param chunk where it is
     * @param most the longest that its data may be, which bounds what is decompressed
     * @return its data in a direct buffer, good until the next call; empty when they are not those of its identity
     */
    public Optional<ByteBuffer> decode(byte[] bytes, int base, StoredChunk chunk, int most) {
        int from = base + chunk.offset();
        if (from < 0 || from > bytes.length - chunk.length() || most > buffer.capacity()) {
            return Optional.empty();
        }
        buffer.clear();
        int length = fill(bytes, from, chunk, most);
        if (length <= 0) {
            return Optional.empty();
        }
        buffer.position(0).limit(length);
        return hasher.id(buffer).equals(chunk.id()) ? Optional.of(buffer) : Optional.empty();
    }

    /** Returns how many bytes there are; not more than 0 when they cannot be had. */
    private int fill(byte[] bytes, int from, StoredChunk chunk, int most) {
        if (chunk.encoding() == Encoding.RAW) {
            if (chunk.length() > most) {
                return 0;
            }
            buffer.put(bytes, from, chunk.length());
            return chunk.length();
        }
        try {
            return zstd.decompressByteArrayToDirectByteBuffer(buffer, 0, most, bytes, from, chunk.length());
        } catch (ZstdException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
