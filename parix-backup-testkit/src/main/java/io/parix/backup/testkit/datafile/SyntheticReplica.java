package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.SuperblockFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One replica's data file, as it is or bent for a test of bad sets. Immutable; each bend gives another one.
 *
 * <p>For an older checkpoint take the replica from an older {@link SyntheticCluster}; for another cluster id, count or
 * configuration, from a cluster built so.
 */
public final class SyntheticReplica {
    private final SyntheticCluster cluster;
    private final int index;
    private final State state;

    /** What is this replica's own: the newest operation, the view, the end of a state sync, torn slots. */
    private record State(long head, long view, long syncOpMax, int torn) {}

    private SyntheticReplica(SyntheticCluster cluster, int index, State state) {
        this.cluster = cluster;
        this.index = index;
        this.state = state;
    }

    static SyntheticReplica of(SyntheticCluster cluster, int index) {
        return new SyntheticReplica(cluster, index, new State(cluster.log().head(), cluster.view(), 0, 0));
    }

    private SyntheticReplica with(State changed) {
        return new SyntheticReplica(cluster, index, changed);
    }

    /**
     * A replica whose log ends earlier.
     *
     * @param operations how many of the newest operations it lacks
     * @return the same replica without them
     */
    public SyntheticReplica behind(long operations) {
        long end = state.head - operations;
        if (operations < 0 || end < cluster.checkpointOp()) {
            throw new IllegalArgumentException(
                    "A replica of checkpoint " + cluster.checkpointOp() + " cannot end at operation " + end);
        }
        return with(new State(end, state.view, state.syncOpMax, state.torn));
    }

    /**
     * A replica in another view than its log.
     *
     * @param view what its superblock says, as view and as log view
     * @return the same replica in that view
     */
    public SyntheticReplica inView(long view) {
        return with(new State(state.head, view, state.syncOpMax, state.torn));
    }

    /**
     * A replica that has not finished a state sync.
     *
     * @param opMax the last operation that it has still to repair, more than 0
     * @return the same replica, syncing
     */
    public SyntheticReplica syncing(long opMax) {
        return with(new State(state.head, state.view, opMax, state.torn));
    }

    /**
     * A replica whose two rings are not of one instant: the newest headers are those of one round of the log before.
     *
     * @param slots how many
     * @return the same replica, torn
     */
    public SyntheticReplica torn(int slots) {
        if (state.head - slots - cluster.recipe().layout().walSlots() < 0) {
            throw new IllegalArgumentException("The log has not gone round yet: take another checkpoint before");
        }
        return with(new State(state.head, state.view, state.syncOpMax, slots));
    }

    /** {@return the name under which a cluster keeps this file} */
    public String fileName() {
        return cluster.recipe().cluster().decimal() + "_" + index + ".tigerbeetle";
    }

    /**
     * Makes the file in memory.
     *
     * @return its image, stopped, cut at the epoch
     */
    public SparseImage image() {
        SparseImage image = new SparseImage(fileName(), Instant.EPOCH);
        try {
            writeTo(image);
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the file under its own name.
     *
     * @param directory where to
     * @return the file
     * @throws IOException when it cannot be written
     */
    public Path writeTo(Path directory) throws IOException {
        Path path = directory.resolve(fileName());
        try (FileSink sink = FileSink.create(path)) {
            writeTo(sink);
        }
        return path;
    }

    private void writeTo(Sink sink) throws IOException {
        writeRoot(sink, 0);
        GridWriter.write(cluster.recipe(), cluster.grid().written(), List.of(sink));
        sink.setLength(cluster.grid().fileLength(cluster.recipe()));
    }

    int index() {
        return index;
    }

    long head() {
        return state.head;
    }

    long view() {
        return state.view;
    }

    long syncOpMax() {
        return state.syncOpMax;
    }

    /** Writes everything before the grid, of the prepares only those from an operation on. */
    void writeRoot(Sink sink, long fromOp) throws IOException {
        byte[] header = SuperblockBytes.header(cluster, this);
        for (int copy = 0; copy < DataFileLayout.SUPERBLOCK_COPIES; copy++) {
            header[SuperblockFormat.COPY] = (byte) copy;
            sink.write((long) copy * DataFileLayout.SUPERBLOCK_COPY_SIZE, header, header.length);
        }
        writeLog(sink, fromOp);
        if (cluster.checkpointOp() > 0) {
            byte[] reply = Replies.message(cluster.recipe(), cluster.gridSeed());
            sink.write(cluster.recipe().layout().clientRepliesOffset(), reply, reply.length);
        }
    }

    private void writeLog(Sink sink, long fromOp) throws IOException {
        DataFileLayout layout = cluster.recipe().layout();
        byte[] ring = new byte[layout.walHeadersSize()];
        for (int slot = 0; slot < layout.walSlots(); slot++) {
            long op = cluster.log().opInSlot(slot, state.head);
            byte[] header = headerInRing(slot, op);
            System.arraycopy(header, 0, ring, slot * HeaderFormat.SIZE, header.length);
            if (op < 0 || op >= fromOp) {
                byte[] prepare = op < 0 ? header : cluster.log().message(op);
                sink.write(layout.prepareOffset(slot), prepare, prepare.length);
            }
        }
        sink.write(layout.walHeadersOffset(), ring, ring.length);
    }

    private byte[] headerInRing(int slot, long op) {
        if (op < 0) {
            return OpLog.reserved(cluster.recipe(), slot);
        }
        boolean older = op > state.head - state.torn;
        return cluster.log().header(older ? op - cluster.recipe().layout().walSlots() : op);
    }
}
