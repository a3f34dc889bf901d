package io.parix.backup.archive.manifest;

/** The numbers of the index format, version 1 (docs/formats/archive-v1.md). All integers are little-endian. */
final class IndexFormat {
    /** {@code PARIXIDX}. */
    static final long MAGIC = 0x5844_4958_4952_4150L;

    static final int VERSION = 1;
    static final int HEADER_LENGTH = 32;
    static final int TRAILER_LENGTH = 4;

    /** The most entries of one object: some six megabytes. */
    static final int MAX_ENTRIES = 1 << 17;

    /** The longest body that a reader decompresses, and the longest object. */
    static final int MAX_BODY = 48 << 20;

    /** The most objects of one replica's index. */
    static final int MAX_PARTS = 4096;

    private IndexFormat() {}
}
