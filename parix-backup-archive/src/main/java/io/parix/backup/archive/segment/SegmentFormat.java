package io.parix.backup.archive.segment;

/** The numbers of the segment format, version 1 (docs/formats/archive-v1.md). All integers are little-endian. */
final class SegmentFormat {
    /** {@code PARIXSEG}. */
    static final long HEADER_MAGIC = 0x4745_5358_4952_4150L;

    /** {@code PARIXEND}. */
    static final long TRAILER_MAGIC = 0x444e_4558_4952_4150L;

    static final int VERSION = 1;
    static final int HEADER_LENGTH = 16;
    static final int ENTRY_LENGTH = 48;
    static final int TRAILER_LENGTH = 24;

    /** The longest segment that a reader takes: what it must be able to hold in memory. */
    static final int MAX_LENGTH = 64 << 20;

    /** The most chunks of a segment, so that its footer and what points into it stay small. */
    static final int MAX_CHUNKS = 8192;

    /** The longest chunk. */
    static final int MAX_CHUNK = 4 << 20;

    private SegmentFormat() {}

    /** The bytes that a segment needs beside its chunks. */
    static int overhead(int chunks) {
        return HEADER_LENGTH + chunks * ENTRY_LENGTH + TRAILER_LENGTH;
    }
}
