package io.parix.backup.archive.export;

import io.parix.backup.archive.chunk.ChunkHasher;
import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.flow.Member;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ChunkEncoder;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentRef;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread's part in an export, with its own buffers. */
final class Lane implements Member {
    private final ExportRequest request;
    private final Board board;
    private final ArchiveObjects objects;
    private final Lockstep replicas;
    private final ChunkHasher hasher = new ChunkHasher();
    private final ChunkEncoder encoder;

    Lane(ExportRequest request, Board board, ArchiveObjects objects, List<ImageSource> sources) {
        this.request = request;
        this.board = board;
        this.objects = objects;
        this.replicas = new Lockstep(sources, request.layout());
        this.encoder = new ChunkEncoder(
                request.settings().compressionLevel(), request.layout().longestChunk());
    }

    @Override
    public boolean step() {
        return board.next().by(this);
    }

    /** Reads a row, tells its chunks apart and encodes those that nobody holds. */
    boolean read(Row.Claim claim) {
        long covered = replicas.read(claim.number());
        int[] groups = new int[request.sources().size()];
        @Nullable Piece[] pieces = new Piece[groups.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = replicas.group(i);
            if (groups[i] == i) {
                pieces[i] = piece(replicas.bytes(i), claim.base());
            }
        }
        board.done(new Row(claim.number(), covered, groups, pieces));
        return true;
    }

    private Piece piece(ByteBuffer chunk, List<IndexEntry> base) {
        ChunkId id = hasher.id(chunk);
        for (IndexEntry entry : base) {
            if (entry.chunk().id().equals(id)) {
                return new Piece.Known(entry);
            }
        }
        return new Piece.Fresh(id, encoder.encode(chunk));
    }

    /** Stores a full segment. */
    boolean store(Ledger.Sealed segment) {
        ObjectRef object = objects.put(
                segment.name(), segment.segment().bytes(), segment.segment().length());
        board.stored(
                segment,
                new SegmentRef(object, request.startedAt(), segment.segment().chunks()));
        return true;
    }

    @Override
    public void close() {
        encoder.close();
        board.stop();
    }
}
