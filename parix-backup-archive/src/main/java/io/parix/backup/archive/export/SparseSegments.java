package io.parix.backup.archive.export;

import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.SegmentTable;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Segments of a base of which so little is still needed that they keep mostly dead bytes in storage (spec C12). What is live in them
 * is stored anew, so that they go with the backups that need the rest; the emptiest first, and each export only so many that its own
 * work and the bytes stored twice meanwhile stay bounded.
 */
final class SparseSegments {
    private static final long PER_MILLE = 1_000;

    private final SegmentTable segments;
    private final ExportSettings settings;
    private final long[] live;

    private SparseSegments(SegmentTable segments, ExportSettings settings) {
        this.segments = segments;
        this.settings = settings;
        this.live = new long[segments.size()];
    }

    /**
     * Picks the segments that are not to be referenced any more. The same base gives the same answer.
     *
     * @param indexes of the base's replicas
     * @param segments those that they name
     * @param trusted which of them may be referenced; what may not is stored anew anyway and costs nothing here
     * @param settings from which share on a segment is sparse, and how much is stored anew
     */
    static BitSet in(List<LoadedIndex> indexes, SegmentTable segments, BitSet trusted, ExportSettings settings) {
        List<IndexSpool> entries = indexes.stream().map(LoadedIndex::entries).toList();
        return among(entries, segments, trusted, settings);
    }

    /** The same, of the entries of each index. */
    static BitSet among(List<IndexSpool> indexes, SegmentTable segments, BitSet trusted, ExportSettings settings) {
        SparseSegments sparse = new SparseSegments(segments, settings);
        sparse.count(indexes);
        return sparse.pick(trusted);
    }

    /** Replicas share chunks only at the same position, and each shared one counts once. */
    private void count(List<IndexSpool> indexes) {
        List<IndexSpool.Cursor> cursors =
                indexes.stream().map(IndexSpool::cursor).toList();
        long last = indexes.stream().mapToLong(IndexSpool::lastOrdinal).max().orElse(-1);
        for (long ordinal = 0; ordinal <= last; ordinal++) {
            Set<IndexEntry> distinct = new HashSet<>();
            for (IndexSpool.Cursor cursor : cursors) {
                Optional<IndexEntry> entry = cursor.at(ordinal);
                if (entry.isPresent() && distinct.add(entry.get())) {
                    live[entry.get().segment()] += entry.get().chunk().length();
                }
            }
        }
    }

    private BitSet pick(BitSet trusted) {
        long all = LongStream.of(live).sum();
        long budget = all / PER_MILLE * settings.rewritePerMille();
        List<Integer> emptiest = trusted.stream()
                .filter(i -> livePerMille(i) < settings.sparseBelowPerMille())
                .boxed()
                .sorted(Comparator.comparingLong(this::livePerMille).thenComparing(i -> i))
                .toList();
        BitSet picked = new BitSet(live.length);
        for (int i : emptiest) {
            // At least one, or a segment larger than the budget would stay for ever.
            if (live[i] <= budget || picked.isEmpty()) {
                picked.set(i);
                budget -= live[i];
            }
        }
        return picked;
    }

    /** Of the bytes of its chunks: what a segment holds of its own is small, but not beside chunks of a few bytes. */
    private long livePerMille(int segment) {
        return live[segment] * PER_MILLE / segments.get(segment).chunkBytes();
    }
}
