package io.parix.backup.archive.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** Compresses chunks where that pays. For one thread. */
public final class ChunkEncoder implements AutoCloseable {
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final ByteBuffer scratch;

    /**
     * An encoder.
     *
     * @param level zstd level
     * @param longestChunk bytes
     */
    public ChunkEncoder(int level, int longestChunk) {
        this.scratch = ByteBuffer.allocateDirect((int) Zstd.compressBound(longestChunk));
        zstd.setLevel(level);
    }

    /**
     * Encodes what remains in a buffer.
     *
     * @param chunk direct; left as it was
     * @return the stored bytes
     */
    public Encoded encode(ByteBuffer chunk) {
        int raw = chunk.remaining();
        int stored = zstd.compressDirectByteBuffer(scratch, 0, scratch.capacity(), chunk, chunk.position(), raw);
        // A sixteenth saved is worth a decompression; less is not.
        boolean pays = stored < raw - raw / 16;
        byte[] bytes = new byte[pays ? stored : raw];
        if (pays) {
            scratch.get(0, bytes);
        } else {
            chunk.get(chunk.position(), bytes);
        }
        return new Encoded(bytes, pays ? Encoding.ZSTD : Encoding.RAW, raw);
    }

    @Override
    public void close() {
        zstd.close();
    }

    /**
     * A chunk as it is stored.
     *
     * @param bytes its stored bytes, not to be changed
     * @param encoding what they are
     * @param rawLength its length
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; wrapping each chunk's bytes would only copy them
    public record Encoded(byte[] bytes, Encoding encoding, int rawLength) {}
}
