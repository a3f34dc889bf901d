package io.parix.backup.archive.segment;

import io.parix.backup.archive.chunk.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Fills one segment in memory. For one thread at a time. */
public final class SegmentBuilder {
    private final byte[] bytes;
    private final int longest;
    private final ByteBuffer out;
    private ByteBuffer footer =
            ByteBuffer.allocate(256 * SegmentFormat.ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private int chunks;

    /**
     * Begins a segment.
     *
     * @param bytes where it is made
     * @param longest the longest that it can become, not more than there is room for
     */
    public SegmentBuilder(byte[] bytes, int longest) {
        this.bytes = bytes;
        this.longest = longest;
        this.out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(SegmentFormat.HEADER_MAGIC).putInt(SegmentFormat.VERSION).putInt(0);
    }

    /**
     * The least length of the array for some chunks.
     *
     * @param count how many
     * @param stored their stored bytes in all
     * @return bytes
     */
    public static long lengthFor(int count, long stored) {
        return SegmentFormat.overhead(count) + stored;
    }

    /**
     * Tells whether more fits.
     *
     * @param count how many chunks
     * @param stored their stored bytes in all
     * @return whether they fit together
     */
    public boolean fits(int count, long stored) {
        return chunks + count <= SegmentFormat.MAX_CHUNKS
                && out.position()
                                + stored
                                + (long) (chunks + count) * SegmentFormat.ENTRY_LENGTH
                                + SegmentFormat.TRAILER_LENGTH
                        <= longest;
    }

    /**
     * Adds a chunk, which must fit.
     *
     * @param id its identity
     * @param chunk its stored bytes
     * @return where it now is
     */
    public StoredChunk add(ChunkId id, ChunkEncoder.Encoded chunk) {
        StoredChunk stored = new StoredChunk(id, out.position(), chunk.bytes().length, chunk.encoding());
        out.put(chunk.bytes());
        if (!footer.hasRemaining()) {
            footer = ByteBuffer.allocate(footer.capacity() * 2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(footer.flip());
        }
        id.write(footer);
        footer.putInt(stored.offset()).putInt(stored.length()).putInt(chunk.rawLength());
        footer.putInt(chunk.encoding().code());
        chunks++;
        return stored;
    }

    /** {@return how many chunks it holds} */
    public int chunks() {
        return chunks;
    }

    /**
     * Writes footer and trailer; nothing can be added any more.
     *
     * @return the segment
     */
    public Sealed seal() {
        int footerAt = out.position();
        out.put(footer.flip());
        out.putInt(chunks).putInt(SegmentFormat.VERSION);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SegmentFormat.HEADER_LENGTH);
        crc.update(bytes, footerAt, out.position() - footerAt);
        out.putInt((int) crc.getValue()).putInt(chunks * SegmentFormat.ENTRY_LENGTH);
        out.putLong(SegmentFormat.TRAILER_MAGIC);
        return new Sealed(bytes, out.position(), chunks);
    }

    /**
     * A finished segment.
     *
     * @param bytes holds it from 0 on
     * @param length its length
     * @param chunks how many chunks it holds
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // never compared; the array is the segment buffer, used again after the put
    public record Sealed(byte[] bytes, int length, int chunks) {}
}
