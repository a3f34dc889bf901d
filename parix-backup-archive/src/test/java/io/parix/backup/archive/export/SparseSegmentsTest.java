package io.parix.backup.archive.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.Encoding;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredChunk;
import io.parix.backup.spi.Checksums;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse is a segment of less than four fifths, and a tenth of what is needed is stored anew, as by default. */
class SparseSegmentsTest {
    /** What a segment of this many chunks has beside them. */
    private static final int OWN = 16 + 24;

    private static final int ENTRY = 48;
    private static final ExportSettings SETTINGS = ExportSettings.DEFAULT;

    @TempDir
    private Path spool;

    private final SegmentTable segments = new SegmentTable();
    private final List<IndexSpool> indexes = new ArrayList<>();
    private long chunk;

    @AfterEach
    void close() {
        indexes.forEach(IndexSpool::close);
    }

    /** A segment of some chunks of the same length. */
    private int segment(int chunks, int length) {
        ObjectRef object = new ObjectRef(
                "segments/b1/" + segments.size() + ".seg",
                OWN + (long) chunks * (ENTRY + length),
                Checksums.of(new byte[0]));
        return segments.number(new SegmentRef(object, Instant.EPOCH, chunks));
    }

    private IndexSpool index() {
        IndexSpool index = new IndexSpool(spool);
        indexes.add(index);
        return index;
    }

    /** Lets an index need some chunks of a segment. */
    private void need(IndexSpool index, int segment, int chunks, int length) {
        for (int i = 0; i < chunks; i++) {
            index.add(entry(index.lastOrdinal() + 1, segment, length));
        }
    }

    private IndexEntry entry(long number, int segment, int length) {
        ChunkId id = new ChunkId(++chunk, 0, 0, 0);
        return new IndexEntry(number, segment, new StoredChunk(id, 16, length, Encoding.RAW));
    }

    private BitSet trusted(int... numbers) {
        BitSet trusted = new BitSet();
        for (int number : numbers) {
            trusted.set(number);
        }
        return trusted;
    }

    private BitSet sparse(BitSet trusted) {
        indexes.forEach(IndexSpool::finish);
        return SparseSegments.among(indexes, segments, trusted, SETTINGS);
    }

    @Test
    @DisplayName("C12 a segment of which four fifths are needed is not sparse, one of which a chunk less is needed is")
    void fourFifths() {
        IndexSpool index = index();
        need(index, segment(100, 4_000), 80, 4_000);
        need(index, segment(100, 4_000), 79, 4_000);

        assertThat(sparse(trusted(0, 1))).isEqualTo(trusted(1));
    }

    @Test
    @DisplayName("C12 a segment of tiny chunks that are all needed is not sparse, whatever it holds of its own")
    void tinyChunks() {
        IndexSpool index = index();
        need(index, segment(1_000, 10), 1_000, 10);
        need(index, segment(1_000, 10), 799, 10);

        assertThat(sparse(trusted(0, 1))).isEqualTo(trusted(1));
    }

    @Test
    @DisplayName("C12 the emptiest go first, while they fit into a tenth of what is needed")
    void budget() {
        IndexSpool index = index();
        need(index, segment(1_000, 100), 1_000, 100);
        need(index, segment(1_000, 100), 70, 100);
        need(index, segment(1_000, 100), 40, 100);
        need(index, segment(1_000, 100), 50, 100);

        assertThat(sparse(trusted(0, 1, 2, 3))).isEqualTo(trusted(2, 3));
    }

    @Test
    @DisplayName("C12 one sparse segment is stored anew even where it is more than a tenth, but no second one")
    void atLeastOne() {
        IndexSpool index = index();
        need(index, segment(1_000, 100), 700, 100);
        need(index, segment(1_000, 100), 600, 100);

        assertThat(sparse(trusted(0, 1))).isEqualTo(trusted(1));
    }

    @Test
    @DisplayName("C12 a segment that is not trusted is stored anew anyway, and takes nothing of what others may")
    void untrusted() {
        IndexSpool index = index();
        need(index, segment(1_000, 100), 600, 100);
        need(index, segment(1_000, 100), 700, 100);

        assertThat(sparse(trusted(1))).isEqualTo(trusted(1));
        assertThat(SparseSegments.among(indexes, segments, trusted(), SETTINGS)).isEqualTo(trusted());
    }

    @Test
    @DisplayName("C12 a chunk that replicas share counts once, and one that each has for itself counts for each")
    void sharedByReplicas() {
        int shared = segment(100, 1_000);
        int own = segment(100, 1_000);
        IndexSpool a = index();
        IndexSpool b = index();
        for (int i = 0; i < 50; i++) {
            IndexEntry entry = entry(i, shared, 1_000);
            a.add(entry);
            b.add(entry);
        }
        need(a, own, 40, 1_000);
        need(b, own, 40, 1_000);

        assertThat(sparse(trusted(shared, own))).isEqualTo(trusted(shared));
    }

    @Test
    @DisplayName("C12 nothing needed is nothing sparse")
    void empty() {
        assertThat(sparse(trusted())).isEqualTo(trusted());
    }
}
