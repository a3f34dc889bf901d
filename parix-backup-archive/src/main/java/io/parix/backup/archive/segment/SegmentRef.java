package io.parix.backup.archive.segment;

import java.time.Instant;

/**
 * A segment as the indexes name it.
 *
 * @param object its name, length and checksums
 * @param createdAt when the export that wrote it began
 * @param chunks how many chunks it holds
 */
public record SegmentRef(ObjectRef object, Instant createdAt, int chunks) {
    /** Refuses impossible counts and lengths. */
    public SegmentRef {
        if (chunks < 1 || chunks > SegmentFormat.MAX_CHUNKS || object.length() > SegmentFormat.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A segment has no " + chunks + " chunks in " + object.length() + " bytes");
        }
    }
    /** {@return the bytes of its chunks, as stored; at least one} */
    public long chunkBytes() {
        long own =
                SegmentFormat.HEADER_LENGTH + (long) chunks * SegmentFormat.ENTRY_LENGTH + SegmentFormat.TRAILER_LENGTH;
        return Math.max(1, object.length() - own);
    }
}
