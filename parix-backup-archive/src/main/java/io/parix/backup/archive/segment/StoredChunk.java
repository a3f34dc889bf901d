package io.parix.backup.archive.segment;

import io.parix.backup.archive.chunk.ChunkId;

/**
 * Where a chunk lies within a segment.
 *
 * @param id its identity
 * @param offset where its stored bytes begin
 * @param length how many they are
 * @param encoding what they are
 */
public record StoredChunk(ChunkId id, int offset, int length, Encoding encoding) {
    /** {@return the first position after it} */
    public long end() {
        return (long) offset + length;
    }
}
