package io.parix.backup.archive.manifest;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.flow.Spool;
import io.parix.backup.archive.segment.ObjectRef;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Indexes turned round: for each segment, which chunks of it go where. A counting sort into a temporary file, so that
 * memory
 * does not grow with the files. Safe for parallel reads.
 */
public final class SegmentPlan implements AutoCloseable {
    private static final int RECORD = IndexEntry.LENGTH + Integer.BYTES;

    /** A segment holds at most 8,192 chunks, and a chunk is at one position of each of at most 6 replicas. */
    private static final int MOST_PLACEMENTS = 6 * 8192;

    private final SegmentTable segments;
    private final Spool file;
    private final long[] starts;

    /**
     * Where one chunk of a segment goes.
     *
     * @param index the place of its index in the list that the plan was made from
     * @param entry the chunk
     */
    public record Placement(int index, IndexEntry entry) {}

    /** Tells which chunks are wanted. */
    @FunctionalInterface
    public interface Wanted {
        /**
         * Asked twice for each entry, with the same answer.
         *
         * @param index the place of the index in the list
         * @param place the place of the entry in the index
         * @return whether it is wanted
         */
        boolean test(int index, long place);
    }

    /**
     * Makes a plan.
     *
     * @param indexes share one table of segments, which is complete
     * @param segments that table
     * @param wanted chooses the chunks
     * @param directory where to spool
     */
    public SegmentPlan(List<LoadedIndex> indexes, SegmentTable segments, Wanted wanted, Path directory) {
        this.segments = segments;
        this.starts = count(indexes, wanted);
        this.file = Spool.in(directory);
        try {
            place(indexes, wanted);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private long[] count(List<LoadedIndex> indexes, Wanted wanted) {
        long[] counts = new long[segments.size() + 1];
        each(indexes, wanted, p -> counts[p.entry().segment() + 1]++);
        for (int i = 1; i < counts.length; i++) {
            if (counts[i] > MOST_PLACEMENTS) {
                throw new FailedException(
                        ErrorCode.OBJECT_CORRUPT,
                        "Cannot use the indexes: they name " + counts[i] + " chunks of segment "
                                + segments.get(i - 1).object().name() + ", which no export writes.");
            }
            counts[i] += counts[i - 1];
        }
        return counts;
    }

    private void place(List<LoadedIndex> indexes, Wanted wanted) {
        long[] next = starts.clone();
        Run run = new Run(next);
        each(indexes, wanted, run::add);
        run.flush();
    }

    private static void each(List<LoadedIndex> indexes, Wanted wanted, Consumer<Placement> to) {
        for (int i = 0; i < indexes.size(); i++) {
            IndexSpool.Cursor cursor = indexes.get(i).entries().cursor();
            long size = indexes.get(i).entries().size();
            for (long place = 0; place < size; place++) {
                IndexEntry entry = cursor.next().orElseThrow();
                if (wanted.test(i, place)) {
                    to.accept(new Placement(i, entry));
                }
            }
        }
    }

    /** Neighbouring chunks are mostly in the same segment, so whole runs of them are written at once. */
    private final class Run {
        private final long[] next;
        private final ByteBuffer buffer = ByteBuffer.allocate(256 * RECORD);
        private int segment = -1;

        Run(long[] next) {
            this.next = next;
        }

        void add(Placement p) {
            if (p.entry().segment() != segment || !buffer.hasRemaining()) {
                flush();
                segment = p.entry().segment();
            }
            buffer.putInt(p.index());
            p.entry().write(buffer);
        }

        void flush() {
            if (buffer.position() == 0) {
                return;
            }
            long at = next[segment];
            next[segment] += buffer.position() / RECORD;
            file.write(at * RECORD, buffer.flip());
            buffer.clear();
        }
    }

    /**
     * Reads what is wanted of a segment.
     *
     * @param segment its number
     * @return in order of offset; the same chunk's placements together
     */
    public List<Placement> placements(int segment) {
        int count = (int) (starts[segment + 1] - starts[segment]);
        ByteBuffer in = ByteBuffer.allocate(count * RECORD);
        file.read(starts[segment] * RECORD, in);
        in.flip();
        List<Placement> placements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            placements.add(new Placement(in.getInt(), IndexEntry.read(in)));
        }
        placements.sort(
                Comparator.comparingInt((Placement p) -> p.entry().chunk().offset())
                        .thenComparingInt(Placement::index));
        return placements;
    }

    /**
     * A segment as an object.
     *
     * @param segment its number
     * @return the object
     */
    public ObjectRef object(int segment) {
        return segments.get(segment).object();
    }

    /** {@return how many segments there are, wanted or not} */
    public int segments() {
        return segments.size();
    }

    @Override
    public void close() {
        file.close();
    }
}
