package io.parix.backup.archive.segment;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads what a segment says of itself, from foreign bytes: every size is checked before it is used. */
public final class SegmentReader {
    private final String name;
    private final byte[] bytes;
    private final ByteBuffer in;
    private final int length;

    private SegmentReader(String name, byte[] bytes, int length) {
        this.name = name;
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        this.length = length;
    }

    /**
     * A chunk as a footer describes it.
     *
     * @param stored where it is
     * @param rawLength its length
     */
    public record Entry(StoredChunk stored, int rawLength) {}

    /**
     * Reads the footer of a whole segment.
     *
     * @param name the segment's name, for messages
     * @param bytes hold the segment from 0 on
     * @param length the segment's length
     * @return its chunks, which cover everything between header and footer without a gap
     * @throws FailedException {@link ErrorCode#OBJECT_CORRUPT}; {@link ErrorCode#FORMAT_UNKNOWN} for a newer version
     */
    public static List<Entry> read(String name, byte[] bytes, int length) {
        return new SegmentReader(name, bytes, length).entries();
    }

    private List<Entry> entries() {
        require(length >= SegmentFormat.overhead(0), "it is too short to be one");
        require(in.getLong(0) == SegmentFormat.HEADER_MAGIC, "it does not begin as one");
        requireVersion(in.getInt(Long.BYTES));
        int trailer = length - SegmentFormat.TRAILER_LENGTH;
        require(in.getLong(length - Long.BYTES) == SegmentFormat.TRAILER_MAGIC, "it does not end as one");
        int chunks = in.getInt(trailer);
        requireVersion(in.getInt(trailer + 4));
        require(chunks >= 0 && chunks <= SegmentFormat.MAX_CHUNKS, "it claims " + chunks + " chunks");
        int footerAt = trailer - chunks * SegmentFormat.ENTRY_LENGTH;
        require(
                footerAt >= SegmentFormat.HEADER_LENGTH && in.getInt(trailer + 12) == trailer - footerAt,
                "its footer does not fit");
        require(checksum(footerAt, trailer + 8) == in.getInt(trailer + 8), "its footer's checksum is wrong");
        return list(chunks, footerAt);
    }

    private List<Entry> list(int chunks, int footerAt) {
        List<Entry> entries = new ArrayList<>(chunks);
        long expected = SegmentFormat.HEADER_LENGTH;
        in.position(footerAt);
        for (int i = 0; i < chunks; i++) {
            Entry entry = entry();
            require(entry.stored().offset() == expected, "chunk " + i + " is not where the one before it ends");
            expected = entry.stored().end();
            require(expected <= footerAt, "chunk " + i + " reaches into the footer");
            entries.add(entry);
        }
        require(expected == footerAt, "there are bytes between its last chunk and its footer");
        return entries;
    }

    private Entry entry() {
        ChunkId id = ChunkId.read(in);
        int offset = in.getInt();
        int stored = in.getInt();
        int raw = in.getInt();
        int encoding = in.getInt();
        require(stored > 0 && raw > 0 && raw <= SegmentFormat.MAX_CHUNK, "a chunk has an impossible length");
        require(encoding == Encoding.RAW.code() || encoding == Encoding.ZSTD.code(), "a chunk's encoding is unknown");
        return new Entry(new StoredChunk(id, offset, stored, Encoding.of(encoding)), raw);
    }

    private int checksum(int footerAt, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SegmentFormat.HEADER_LENGTH);
        crc.update(bytes, footerAt, end - footerAt);
        return (int) crc.getValue();
    }

    private void requireVersion(int version) {
        if (version > SegmentFormat.VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read segment " + name + ": its format version is " + version + ", this release knows "
                            + SegmentFormat.VERSION + ". Use a newer release.");
        }
        require(version == SegmentFormat.VERSION, "its format version is " + version);
    }

    private void require(boolean holds, String fact) {
        if (!holds) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "Cannot read segment " + name + ": " + fact + ". Restore another backup; this object is damaged.");
        }
    }
}
