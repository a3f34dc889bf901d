package io.parix.backup.archive.manifest;

import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.segment.Encoding;
import io.parix.backup.archive.segment.StoredChunk;
import java.nio.ByteBuffer;

/**
 * Where one chunk of a file is stored.
 *
 * @param number the chunk's number in its file, from 0
 * @param segment the segment's number in a {@link SegmentTable}
 * @param chunk where it is in the segment
 */
public record IndexEntry(long number, int segment, StoredChunk chunk) {
    /** The bytes of an entry in a spool. */
    static final int LENGTH = 24 + ChunkId.LENGTH;

    static IndexEntry read(ByteBuffer in) {
        long number = in.getLong();
        int segment = in.getInt();
        int offset = in.getInt();
        int length = in.getInt();
        Encoding encoding = Encoding.of(in.getInt());
        return new IndexEntry(number, segment, new StoredChunk(ChunkId.read(in), offset, length, encoding));
    }

    void write(ByteBuffer out) {
        out.putLong(number).putInt(segment);
        out.putInt(chunk.offset())
                .putInt(chunk.length())
                .putInt(chunk.encoding().code());
        chunk.id().write(out);
    }
}
