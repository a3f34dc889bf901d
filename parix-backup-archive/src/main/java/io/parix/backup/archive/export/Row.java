package io.parix.backup.archive.export;

import io.parix.backup.archive.manifest.IndexEntry;
import java.util.List;

/**
 * The chunks of all replicas of one number, read and encoded.
 *
 * @param number the chunks' number
 * @param groups for each replica the first one with an equal chunk, or {@link
 *     io.parix.backup.archive.chunk.Lockstep#NOTHING}
 * @param pieces at each group's number, its chunk
 */
record Row(long number, List<Integer> groups, List<Member> pieces) {
    /** A distinct chunk and the replica that it was first seen at. */
    record Member(int group, Piece piece) {}

    /** What the base has at this number, before the row is read. */
    record Claim(long number, List<IndexEntry> base) {}

    /** The stored bytes that it adds. */
    long freshBytes() {
        return pieces.stream().mapToLong(m -> m.piece().freshBytes()).sum();
    }

    /** The chunks that it adds. */
    int freshChunks() {
        return (int) pieces.stream().filter(m -> m.piece().freshBytes() > 0).count();
    }
}
