package io.parix.backup.spi.catalog;

/**
 * What the segments of some backups take in storage; each segment counts once, however many of them need it.
 *
 * @param held the bytes of the segments that at least one of them needs
 * @param freed of these, the bytes of the segments that no other job of the database needs: what removing them all frees
 */
public record SegmentBytes(long held, long freed) {}
