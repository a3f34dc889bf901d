package io.parix.backup.archive.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ByteSize;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.archive.Archives;
import io.parix.backup.archive.TestStore;
import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.chunk.FileDigest;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.Encoding;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredChunk;
import io.parix.backup.host.ImageKind;
import io.parix.backup.spi.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();

    private static SegmentTable segments(int count) {
        SegmentTable table = new SegmentTable();
        for (int i = 0; i < count; i++) {
            String name = String.format("segments/b-%d/%019d-%010d.seg", i % 3, 5, i);
            ObjectRef object = new ObjectRef(name, 1000 + i, Checksums.of(new byte[] {(byte) i}));
            table.number(new SegmentRef(object, Instant.ofEpochSecond(1_700_000_000, i), 1 + i));
        }
        return table;
    }

    private static List<IndexEntry> entries(Random random, int count, int segments) {
        List<IndexEntry> entries = new ArrayList<>();
        long ordinal = -1;
        for (int i = 0; i < count; i++) {
            ordinal += 1 + random.nextInt(3);
            ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            int offset = random.nextInt(900);
            StoredChunk chunk = new StoredChunk(
                    id, offset, 1 + random.nextInt(100), random.nextBoolean() ? Encoding.RAW : Encoding.ZSTD);
            entries.add(new IndexEntry(ordinal, random.nextInt(segments), chunk));
        }
        return entries;
    }

    private List<byte[]> write(List<IndexEntry> entries, SegmentTable segments) {
        List<byte[]> objects = new ArrayList<>();
        try (IndexSpool index = new IndexSpool(spool)) {
            entries.forEach(index::add);
            index.finish();
            new IndexWriter(index, segments, 2).write((suffix, bytes) -> {
                objects.add(bytes);
                return new ObjectRef("x" + suffix, bytes.length, Checksums.of(bytes));
            });
        }
        return objects;
    }

    private LoadedIndex load(List<byte[]> objects, List<IndexEntry> entries, SegmentTable into) {
        Archives archives = new Archives(store, spool);
        List<ObjectRef> refs = new ArrayList<>();
        for (byte[] bytes : objects) {
            String name = String.format("backups/b-9/%019d-replica-2-%04d.idx", 1, refs.size());
            store.set(archives.place.keys().resolve(name), bytes);
            refs.add(new ObjectRef(name, bytes.length, Checksums.of(bytes)));
        }
        FileDigest digest = new FileDigest();
        entries.forEach(e -> digest.add(e.number(), e.chunk().id()));
        long length = DataFileLayout.PRODUCTION.chunkOffset(2_000_000);
        ArchivedReplica replica = new ArchivedReplica(
                new ReplicaFacts(2, 3, "1", "0.17.8", 0, new ByteSize(length)),
                ImageKind.CLONE,
                Instant.EPOCH,
                digest.finish(length),
                entries.size(),
                refs);
        ArchiveObjects from = new ArchiveObjects(archives.place, Archives.call(), archives.place.ring(Map.of()));
        Manifest manifest = ManifestTest.manifest(List.of(replica));
        return LoadedIndex.load(manifest, replica, into, new LoadedIndex.From(from, spool));
    }

    @Test
    void fewEntriesNeedNoFileAndOneMoreDoes() {
        List<IndexEntry> few = entries(new Random(1), 512, 1);
        List<IndexEntry> more = entries(new Random(1), 513, 1);
        Path nowhere = spool.resolve("nowhere");

        try (IndexSpool index = new IndexSpool(nowhere)) {
            few.forEach(index::add);
            index.finish();
            assertThat(index.size()).isEqualTo(512);
            assertThat(index.get(511)).isEqualTo(few.get(511));
            assertThat(index.ceiling(few.get(100).number())).isEqualTo(100);
        }
        try (IndexSpool index = new IndexSpool(nowhere)) {
            FailedException e = catchThrowableOfType(FailedException.class, () -> more.forEach(index::add));
            assertThat(e.code()).isEqualTo(ErrorCode.SPOOL_FAILED);
        }
    }

    @Test
    void everyEntryComesBack() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            SegmentTable segments = segments(7);
            List<IndexEntry> entries = entries(random, random.nextInt(3000), 7);
            SegmentTable into = new SegmentTable();
            try (LoadedIndex index = load(write(entries, segments), entries, into)) {
                IndexSpool.Cursor cursor = index.entries().cursor();
                for (IndexEntry e : entries) {
                    IndexEntry back = cursor.next().orElseThrow();
                    assertThat(back.number()).isEqualTo(e.number());
                    assertThat(back.chunk()).isEqualTo(e.chunk());
                    assertThat(into.get(back.segment())).isEqualTo(segments.get(e.segment()));
                }
                assertThat(cursor.next()).isEmpty();
            }
        }
    }

    @Test
    void aLongIndexIsWrittenInPartsOfBoundedSize() {
        SegmentTable segments = segments(3);
        List<IndexEntry> entries = entries(new Random(1), IndexFormat.MAX_ENTRIES + 1, 3);
        List<byte[]> objects = write(entries, segments);
        assertThat(objects).hasSize(2);
        try (LoadedIndex index = load(objects, entries, new SegmentTable())) {
            assertThat(index.entries().size()).isEqualTo(entries.size());
            IndexEntry last = entries.get(entries.size() - 1);
            assertThat(index.entries()
                            .get(index.entries().ceiling(last.number()))
                            .chunk())
                    .isEqualTo(last.chunk());
        }
        assertThat(write(entries.subList(0, IndexFormat.MAX_ENTRIES), segments)).hasSize(1);
    }

    @Test
    void partsInAnotherOrderAreRefused() {
        List<IndexEntry> entries = entries(new Random(1), IndexFormat.MAX_ENTRIES + 1, 3);
        List<byte[]> objects = write(entries, segments(3));
        List<byte[]> swapped = List.of(objects.get(1), objects.get(0));
        FailedException e =
                catchThrowableOfType(FailedException.class, () -> load(swapped, entries, new SegmentTable()));
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    void anIndexThatDoesNotMatchTheDigestIsRefused() {
        List<IndexEntry> entries = entries(new Random(1), 100, 3);
        List<byte[]> objects = write(entries, segments(3));
        FailedException e = catchThrowableOfType(
                FailedException.class, () -> load(objects, entries.subList(0, 99), new SegmentTable()));
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    @DisplayName("C4 the golden index of version 1 is read")
    void theGoldenIndexIsRead() throws IOException {
        List<IndexEntry> entries = entries(new Random(11), 50, 4);
        byte[] golden;
        try (InputStream in = IndexTest.class.getResourceAsStream("/io/parix/backup/archive/golden/v1.idx")) {
            golden = in.readAllBytes();
        }
        try (LoadedIndex index = load(List.of(golden), entries, new SegmentTable())) {
            assertThat(index.entries().size()).isEqualTo(50);
        }
    }

    @Test
    void aNewerVersionIsRefusedByType() {
        List<IndexEntry> entries = entries(new Random(1), 10, 3);
        byte[] bytes = write(entries, segments(3)).get(0);
        bytes[8] = 2;
        FailedException e =
                catchThrowableOfType(FailedException.class, () -> load(List.of(bytes), entries, new SegmentTable()));
        assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
    }

    @Test
    @DisplayName("C4 arbitrary bytes give a typed error, and bounded memory")
    void arbitraryBytesGiveATypedError() {
        Random random = new Random(42);
        List<IndexEntry> entries = entries(new Random(1), 40, 3);
        byte[] good = write(entries, segments(3)).get(0);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = i % 3 == 0 ? new byte[1 + random.nextInt(300)] : good.clone();
            if (i % 3 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            if (i % 3 == 2) {
                reseal(bytes);
            }
            FailedException e = catchThrowableOfType(
                    FailedException.class,
                    () -> load(List.of(bytes), entries, new SegmentTable()).close());
            if (i % 3 != 2) {
                assertThat(e).isNotNull();
            }
            if (e != null) {
                assertThat(e.code()).isIn(ErrorCode.OBJECT_CORRUPT, ErrorCode.FORMAT_UNKNOWN);
            }
        }
    }

    /** Makes the checksum right again, so that what lies behind it is reached. */
    private static void reseal(byte[] bytes) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int)
                crc.getValue());
    }
}
