package io.parix.backup.archive.restore;

import io.parix.backup.archive.chunk.ChunkHasher;
import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.LoadedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Compares staged files with their indexes, all side by side. Rows are claimed in order under a lock and judged by as
 * many
 * threads as come.
 */
final class Audit {
    private final ReentrantLock lock = new ReentrantLock();
    private final DataFileLayout layout;
    private final List<StagedSource> files;
    private final List<IndexSpool.Cursor> cursors;
    private final Verdicts verdicts;
    private final long rows;
    private long next;
    private boolean stopped;

    /** Hears of each chunk, from several threads. */
    interface Verdicts {
        /** The chunk is what the index says, at a place in it. */
        void right(int file, long place, long ordinal);

        /**
         * The chunk is not what the index says; where it says nothing it should be zero, and {@code expected} is
         * null.
         */
        void wrong(int file, long ordinal, @Nullable IndexEntry expected);
    }

    Audit(DataFileLayout layout, List<StagedSource> files, List<LoadedIndex> indexes, Verdicts verdicts) {
        this.layout = layout;
        this.files = files;
        this.cursors = indexes.stream().map(i -> i.entries().cursor()).toList();
        this.verdicts = verdicts;
        this.rows = files.stream()
                .mapToLong(f -> layout.chunkCount(f.length()))
                .max()
                .orElseThrow();
    }

    /** A row, and what the indexes say of it. */
    record Row(long number, List<Optional<IndexEntry>> expected, List<Long> places) {}

    /** The next row, or empty when all are claimed. */
    Optional<Row> claim() {
        lock.lock();
        try {
            if (next >= rows || stopped) {
                return Optional.empty();
            }
            List<Optional<IndexEntry>> expected = new ArrayList<>(cursors.size());
            List<Long> places = new ArrayList<>(cursors.size());
            for (IndexSpool.Cursor cursor : cursors) {
                expected.add(cursor.at(next));
                places.add(cursor.place());
            }
            return Optional.of(new Row(next++, expected, places));
        } finally {
            lock.unlock();
        }
    }

    /** No further row is claimed; those before it are still judged, so the first wrong chunk is found. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    Lockstep reader() {
        return new Lockstep(files, layout);
    }

    /** Reads a row and judges it; returns how many bytes it covers. */
    long judge(Row row, Lockstep reader, ChunkHasher hasher) {
        long covered = reader.read(row.number());
        @Nullable ChunkId[] ids = new ChunkId[files.size()];
        for (int i = 0; i < ids.length; i++) {
            int group = reader.group(i);
            if (group == i) {
                ids[i] = hasher.id(reader.bytes(i));
            } else if (group != Lockstep.NOTHING) {
                ids[i] = ids[group];
            }
            judge(row, i, ids[i]);
        }
        return covered;
    }

    private void judge(Row row, int file, @Nullable ChunkId found) {
        @Nullable IndexEntry expected = row.expected().get(file).orElse(null);
        if (expected == null ? found == null : expected.chunk().id().equals(found)) {
            if (expected != null) {
                verdicts.right(file, row.places().get(file), row.number());
            }
        } else {
            verdicts.wrong(file, row.number(), expected);
        }
    }
}
