package io.parix.backup.archive.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Compresses chunks where that pays. Takes its memory with the first chunk, for many exports have none that is new. For one thread. */
public final class ChunkEncoder implements AutoCloseable {
    private final int level;
    private final int longestChunk;
    private @Nullable Compressor compressor;

    /** What outlives a chunk. */
    private record Compressor(ZstdCompressCtx zstd, ByteBuffer scratch) {
        static Compressor of(int level, int longestChunk) {
            ZstdCompressCtx zstd = new ZstdCompressCtx();
            zstd.setLevel(level);
            return new Compressor(zstd, ByteBuffer.allocateDirect((int) Zstd.compressBound(longestChunk)));
        }
    }

    /**
     * An encoder.
     *
     * @param level zstd level
     * @param longestChunk bytes
     */
    public ChunkEncoder(int level, int longestChunk) {
        this.level = level;
        this.longestChunk = longestChunk;
    }

    /**
     * Encodes what remains in a buffer.
     *
     * @param chunk direct; left as it was
     * @return the stored bytes
     */
    public Encoded encode(ByteBuffer chunk) {
        int raw = chunk.remaining();
        Compressor with = compressor();
        ByteBuffer scratch = with.scratch();
        int stored = with.zstd().compressDirectByteBuffer(scratch, 0, scratch.capacity(), chunk, chunk.position(), raw);
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

    private Compressor compressor() {
        Compressor known = compressor;
        if (known == null) {
            known = Compressor.of(level, longestChunk);
            compressor = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.zstd().close();
        }
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
