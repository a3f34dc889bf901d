package io.parix.backup.archive.manifest;

import io.parix.backup.archive.flow.Spool;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index of one replica in a temporary file: entries of equal size in order of ordinal, so that memory does not
 * grow with the data file; one of few entries needs no file. Written by one thread; read by any number once
 * {@link #finish} was called.
 */
public final class IndexSpool implements AutoCloseable {
    private static final int BATCH = 512;

    private final Path directory;
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH * IndexEntry.LENGTH);
    private @Nullable Spool file;
    private long written;
    private long last = -1;

    /**
     * Makes an empty one.
     *
     * @param directory where a file is made once it is needed
     */
    public IndexSpool(Path directory) {
        this.directory = directory;
    }

    /**
     * Adds an entry.
     *
     * @param entry with a greater ordinal than the one before
     */
    public void add(IndexEntry entry) {
        if (entry.number() <= last) {
            throw new IllegalArgumentException("Chunk " + entry.number() + " follows chunk " + last);
        }
        last = entry.number();
        if (!batch.hasRemaining()) {
            flush();
        }
        entry.write(batch);
    }

    /** Ends the writing. */
    public void finish() {
        if (file != null) {
            flush();
        } else {
            written = written > 0 ? written : batch.flip().remaining();
        }
    }

    /** {@return how many entries there are, once finished} */
    public long size() {
        return written / IndexEntry.LENGTH;
    }

    /** {@return the greatest ordinal, or -1 when there is none} */
    public long lastOrdinal() {
        return last;
    }

    /**
     * Finds the entry at or after an ordinal.
     *
     * @param ordinal 0 or more
     * @return its place, {@link #size()} when there is none
     */
    public long ceiling(long ordinal) {
        long low = 0;
        long high = size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).number() < ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Reads an entry.
     *
     * @param place 0 to {@link #size()} - 1
     * @return the entry
     */
    public IndexEntry get(long place) {
        return IndexEntry.read(bytes(place * IndexEntry.LENGTH, ByteBuffer.allocate(IndexEntry.LENGTH)));
    }

    /** Fills what remains of a buffer, and makes it ready to be read. */
    private ByteBuffer bytes(long position, ByteBuffer target) {
        if (file != null) {
            file.read(position, target);
        } else {
            int count = target.remaining();
            target.put(target.position(), batch, (int) position, count).position(target.position() + count);
        }
        return target.flip();
    }

    /** {@return the entries from the first on} */
    public Cursor cursor() {
        return new Cursor();
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private void flush() {
        if (file == null) {
            file = Spool.in(directory);
        }
        batch.flip();
        int length = batch.remaining();
        file.write(written, batch);
        written += length;
        batch.clear();
    }

    /** Walks over the entries. For one thread at a time. */
    public final class Cursor {
        private final ByteBuffer ahead;
        private long fetched;
        private long place = -1;
        private @Nullable IndexEntry next;

        private Cursor() {
            ahead = ByteBuffer.allocate((int) Math.min(BATCH * IndexEntry.LENGTH, written))
                    .limit(0);
            step();
        }

        /**
         * Moves to an ordinal; ordinals are asked for in ascending order.
         *
         * @param ordinal not less than the one before
         * @return the entry of just this ordinal, or empty
         */
        public Optional<IndexEntry> at(long ordinal) {
            while (next != null && next.number() < ordinal) {
                step();
            }
            return next != null && next.number() == ordinal ? Optional.of(next) : Optional.empty();
        }

        /** {@return the entry that is next, which is passed, or empty at the end} */
        public Optional<IndexEntry> next() {
            IndexEntry current = next;
            if (current != null) {
                step();
            }
            return Optional.ofNullable(current);
        }

        /** {@return the place of the entry that {@link #at} looks at, counted from 0} */
        public long place() {
            return place;
        }

        private void step() {
            place++;
            if (!ahead.hasRemaining()) {
                fill();
            }
            next = ahead.hasRemaining() ? IndexEntry.read(ahead) : null;
        }

        private void fill() {
            ahead.clear().limit((int) Math.min(ahead.capacity(), written - fetched));
            bytes(fetched, ahead);
            fetched += ahead.remaining();
        }
    }
}
