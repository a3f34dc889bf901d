package io.parix.backup.archive.export;

import io.parix.backup.archive.manifest.IndexEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of all replicas of one number, read and encoded. Arrays, for a row is made and taken apart at every 512 KiB
 * of an export.
 */
final class Row {
    private final long number;
    private final long bytes;
    private final int[] groups;
    private final @Nullable Piece[] pieces;

    /**
     * A row.
     *
     * @param number the chunks' number
     * @param bytes what it covers in all files
     * @param groups for each replica the first one with an equal chunk, or {@link
     *     io.parix.backup.archive.chunk.Lockstep#NOTHING}
     * @param pieces at each group's number, its chunk
     */
    Row(long number, long bytes, int[] groups, @Nullable Piece[] pieces) {
        this.number = number;
        this.bytes = bytes;
        this.groups = groups;
        this.pieces = pieces;
    }

    /** What the base has at this number, before the row is read. */
    record Claim(long number, List<IndexEntry> base) {}

    long number() {
        return number;
    }

    /** What it covers in all files. */
    long bytes() {
        return bytes;
    }

    int replicas() {
        return groups.length;
    }

    /** The first replica with a chunk equal to that of a replica. */
    int group(int replica) {
        return groups[replica];
    }

    /** The chunk of a group, where there is one. */
    @Nullable
    Piece piece(int group) {
        return pieces[group];
    }

    /** The stored bytes that it adds. */
    long freshBytes() {
        long sum = 0;
        for (Piece piece : pieces) {
            sum += piece == null ? 0 : piece.freshBytes();
        }
        return sum;
    }

    /** The chunks that it adds. */
    int freshChunks() {
        int count = 0;
        for (Piece piece : pieces) {
            count += piece instanceof Piece.Fresh ? 1 : 0;
        }
        return count;
    }
}
