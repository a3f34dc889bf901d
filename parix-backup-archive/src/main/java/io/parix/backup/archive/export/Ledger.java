package io.parix.backup.archive.export;

import io.parix.backup.BackupId;
import io.parix.backup.archive.chunk.FileDigest;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentBuilder;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredChunk;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of an export in order of ordinal and says where each chunk goes: fills segments, indexes and digests.
 * In order,
 * so that repeating an export writes the same objects. Guarded by the board's lock.
 */
final class Ledger implements AutoCloseable {
    private final BackupId backup;
    private final long fence;
    private final int segmentSize;
    private final int longestSegment;
    private final @Nullable SegmentTable base;
    private final List<IndexSpool> spools = new ArrayList<>();
    private final List<FileDigest> digests = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, Integer> baseSlots = new HashMap<>();
    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private final Deque<byte[]> free = new ArrayDeque<>();

    /** Where the chunks of the row in hand are, by group. */
    private final @Nullable Located[] located;

    private int buffersLeft;
    private int sequence;
    private int unstored;
    private int currentSlot;
    private @Nullable SegmentBuilder building;

    Ledger(ExportRequest request, @Nullable SegmentTable base, Path spool) {
        this.backup = request.backup();
        this.fence = request.fence();
        this.segmentSize = (int) request.settings().segmentSize().bytes();
        this.longestSegment = (int) request.longestSegment();
        this.buffersLeft = request.settings().segmentsInFlight();
        this.base = base;
        this.located = new Located[request.sources().size()];
        for (int i = 0; i < request.sources().size(); i++) {
            spools.add(new IndexSpool(spool));
            digests.add(new FileDigest());
        }
    }

    /** A segment that the backup needs; its description is known once it is stored. */
    static final class Slot {
        private @Nullable SegmentRef ref;
        private long used;

        SegmentUse use() {
            return new SegmentUse(Objects.requireNonNull(ref, "a segment was never stored"), used);
        }
    }

    /** A full segment that waits to be stored. */
    record Sealed(int slot, String name, SegmentBuilder.Sealed segment) {}

    /** Takes a row, or refuses it while every buffer is full. */
    boolean append(Row row) {
        if (row.freshChunks() > 0 && !makeRoom(row)) {
            return false;
        }
        locate(row);
        for (int replica = 0; replica < row.replicas(); replica++) {
            if (row.group(replica) != Lockstep.NOTHING) {
                Located at = Objects.requireNonNull(located[row.group(replica)]);
                spools.get(replica).add(new IndexEntry(row.number(), at.slot(), at.chunk()));
                digests.get(replica).add(row.number(), at.chunk().id());
            }
        }
        return true;
    }

    private void locate(Row row) {
        for (int group = 0; group < row.replicas(); group++) {
            Piece piece = row.piece(group);
            if (piece != null) {
                Located at = piece.locate(this);
                slots.get(at.slot()).used += at.chunk().length();
                located[group] = at;
            }
        }
    }

    private boolean makeRoom(Row row) {
        if (building != null && !building.fits(row.freshChunks(), row.freshBytes())) {
            seal();
        }
        if (building == null) {
            byte[] buffer = buffer();
            if (buffer == null) {
                return false;
            }
            building = new SegmentBuilder(buffer, longestSegment);
            slots.add(new Slot());
            currentSlot = slots.size() - 1;
        }
        return true;
    }

    private byte @Nullable [] buffer() {
        if (free.isEmpty() && buffersLeft > 0) {
            buffersLeft--;
            return new byte[segmentSize];
        }
        return free.poll();
    }

    Located store(Piece.Fresh piece) {
        StoredChunk chunk = Objects.requireNonNull(building).add(piece.id(), piece.encoded());
        return new Located(currentSlot, chunk);
    }

    Located refer(IndexEntry entry) {
        int slot = baseSlots.computeIfAbsent(entry.segment(), number -> {
            Slot added = new Slot();
            added.ref = Objects.requireNonNull(base).get(number);
            slots.add(added);
            return slots.size() - 1;
        });
        return new Located(slot, entry.chunk());
    }

    /** Ends the segment being filled, if there is one. */
    void seal() {
        if (building != null) {
            String name = ArchiveKeys.segmentName(backup, fence, sequence++);
            sealed.add(new Sealed(currentSlot, name, building.seal()));
            unstored++;
            building = null;
        }
    }

    @Nullable
    Sealed nextSealed() {
        return sealed.poll();
    }

    /** A sealed segment was stored; its buffer is used again. */
    void stored(Sealed segment, SegmentRef ref) {
        slots.get(segment.slot()).ref = ref;
        free.add(segment.segment().bytes());
        unstored--;
    }

    boolean allStored() {
        return building == null && unstored == 0;
    }

    /** The index of a replica, by its place in the request. */
    IndexSpool spool(int replica) {
        return spools.get(replica);
    }

    /** The tree digest of a replica, asked for once. */
    String digest(int replica, long length) {
        return digests.get(replica).finish(length);
    }

    /** Every segment that the backup needs, numbered as in the spools. */
    List<SegmentUse> uses() {
        return slots.stream().map(Slot::use).toList();
    }

    /** The segments that this export wrote. */
    List<ObjectRef> created() {
        String mine = "segments/" + backup + "/";
        return uses().stream()
                .map(u -> u.segment().object())
                .filter(o -> o.name().startsWith(mine))
                .toList();
    }

    @Override
    public void close() {
        spools.forEach(IndexSpool::close);
    }
}
