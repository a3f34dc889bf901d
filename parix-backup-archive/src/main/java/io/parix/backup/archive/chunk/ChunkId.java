package io.parix.backup.archive.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The identity of a chunk: the SHA-256 of its data, which is its bytes without the zero sectors at its end; as four
 * words, so that it needs no array to be compared.
 *
 * @param first bytes 0 to 7, as a big-endian number
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31
 */
public record ChunkId(long first, long second, long third, long fourth) {
    /** The bytes of an identity. */
    public static final int LENGTH = 32;

    /**
     * Takes the next 32 bytes.
     *
     * @param source read from its position on, whatever its byte order
     * @return the identity
     */
    public static ChunkId read(ByteBuffer source) {
        ByteOrder order = source.order();
        source.order(ByteOrder.BIG_ENDIAN);
        ChunkId id = new ChunkId(source.getLong(), source.getLong(), source.getLong(), source.getLong());
        source.order(order);
        return id;
    }

    /**
     * Gives its 32 bytes.
     *
     * @param target written from its position on, whatever its byte order
     */
    public void write(ByteBuffer target) {
        ByteOrder order = target.order();
        target.order(ByteOrder.BIG_ENDIAN);
        target.putLong(first).putLong(second).putLong(third).putLong(fourth);
        target.order(order);
    }

    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        write(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }
}
