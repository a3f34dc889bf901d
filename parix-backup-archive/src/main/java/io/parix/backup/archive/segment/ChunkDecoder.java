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
     * @param rawLength its length, which bounds what is decompressed
     * @return its bytes in a direct buffer, good until the next call; empty when they are not those of its identity
     */
    public Optional<ByteBuffer> decode(byte[] bytes, int base, StoredChunk chunk, int rawLength) {
        int from = base + chunk.offset();
        if (from < 0 || from > bytes.length - chunk.length() || rawLength > buffer.capacity()) {
            return Optional.empty();
        }
        buffer.clear();
        if (!fill(bytes, from, chunk, rawLength)) {
            return Optional.empty();
        }
        buffer.position(0).limit(rawLength);
        return hasher.id(buffer).equals(chunk.id()) ? Optional.of(buffer) : Optional.empty();
    }

    private boolean fill(byte[] bytes, int from, StoredChunk chunk, int rawLength) {
        if (chunk.encoding() == Encoding.RAW) {
            if (chunk.length() != rawLength) {
                return false;
            }
            buffer.put(bytes, from, rawLength);
            return true;
        }
        try {
            return zstd.decompressByteArrayToDirectByteBuffer(buffer, 0, rawLength, bytes, from, chunk.length())
                    == rawLength;
        } catch (ZstdException e) {
            return false;
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
