package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.restore.RestoreRequest;
import io.parix.backup.archive.restore.Restored;
import io.parix.backup.archive.restore.StagedRestore;
import io.parix.backup.archive.restore.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F4: staged, verified, continued. */
class StagedRestoreTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final List<TestImage> images = List.of(TestImage.random(1, 200), TestImage.random(1, 180));
    private Archives archives;
    private Manifest manifest;

    @BeforeEach
    void back() {
        archives = new Archives(store, spool);
        manifest = archives.back("b-1", null, images);
    }

    private void areRight(List<TestStaged> files) {
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i).bytes()).isEqualTo(images.get(i).bytes());
            assertThat(files.get(i).forced()).isTrue();
        }
    }

    private long segments() {
        return store.keys().stream().filter(k -> k.name().endsWith(".seg")).count();
    }

    @Test
    void eachSegmentIsFetchedOnce() {
        store.gets.set(0);
        archives.restore(manifest);
        assertThat(store.gets.get()).isEqualTo(segments() + 2);
    }

    @Test
    @DisplayName("F4 a finished restore that is repeated fetches no segment and writes nothing")
    void aFinishedRestoreIsNotRepeated() {
        List<TestStaged> files = archives.restore(manifest);
        store.gets.set(0);
        List<TestStaged> again =
                files.stream().map(f -> new TestStaged(f.bytes())).toList();
        Restored restored = archives.restore(manifest, again);
        areRight(again);
        assertThat(store.gets).hasValue(2);
        assertThat(restored.writtenBytes()).isZero();
        assertThat(restored.keptBytes()).isPositive();
        assertThat(again).allMatch(f -> f.written() == 0);
    }

    @Test
    @DisplayName("F4 a partly staged restore is continued: right chunks stay, wrong ones and strange bytes go")
    void aPartlyStagedRestoreIsContinued() {
        Random random = new Random(5);
        for (int round = 0; round < 20; round++) {
            List<TestStaged> files = new ArrayList<>();
            for (TestImage image : images) {
                byte[] left = image.bytes().clone();
                Arrays.fill(left, random.nextInt(left.length), left.length, (byte) 0);
                for (int i = 0; i < 10; i++) {
                    left[random.nextInt(left.length)] ^= 0x10;
                }
                files.add(new TestStaged(Arrays.copyOf(left, left.length - 5000 + random.nextInt(10_000))));
            }
            Restored restored = archives.restore(manifest, files);
            areRight(files);
            assertThat(restored.writtenBytes() + restored.keptBytes()).isLessThanOrEqualTo(restored.logicalBytes());
        }
    }

    @Test
    void aFullStagingPlaceIsATypedErrorAndTheRestoreGoesOnWhenThereIsRoom() {
        List<TestStaged> files = List.of(new TestStaged(), new TestStaged().leaveRoom(100_000));
        FailedException e = catchThrowableOfType(FailedException.class, () -> archives.restore(manifest, files));
        assertThat(e.code()).isEqualTo(ErrorCode.STAGING_FAILED);
        assertThat(e).hasMessageContaining("replica 1").hasMessageContaining("No space left");
        files.get(1).leaveRoom(Long.MAX_VALUE);
        assertThat(archives.restore(manifest, files).keptBytes()).isPositive();
        areRight(files);
    }

    @Test
    @DisplayName("C4 a disk that keeps other bytes than it was given is found, with replica and first wrong chunk")
    void aDiskThatKeepsOtherBytesIsFound() {
        long position = TestImage.LAYOUT.chunkOffset(70) + 5;
        TestImage full = TestImage.random(8, 200).withChunk(70, 3);
        Manifest other = archives.back("b-2", null, List.of(full, full));
        List<TestStaged> files = List.of(new TestStaged(), new TestStaged().spoil(position));
        FailedException e = catchThrowableOfType(FailedException.class, () -> archives.restore(other, files));
        assertThat(e.code()).isEqualTo(ErrorCode.STAGED_MISMATCH);
        assertThat(e).hasMessageContaining("replica 1").hasMessageContaining("chunk 70 ");
    }

    @Test
    void oneReplicaCanBeStagedAlone() {
        TestStaged file = new TestStaged();
        StagedRestore.run(
                new RestoreRequest(archives.place, manifest, List.of(new Target(1, file)), 1), archives.bench());
        assertThat(file.bytes()).isEqualTo(images.get(1).bytes());
    }

    @Test
    @DisplayName("F4 what an earlier try left behind the data of a chunk goes")
    void strangeBytesBehindTheDataGo() {
        List<TestImage> heads = List.of(headOnly(), headOnly());
        Manifest other = archives.back("b-2", null, heads);
        byte[] strange = new byte[heads.get(0).bytes().length];
        Arrays.fill(strange, (byte) 0x55);
        List<TestStaged> files = List.of(new TestStaged(strange), new TestStaged());
        archives.restore(other, files);
        assertThat(files)
                .allSatisfy(f -> assertThat(f.bytes()).isEqualTo(heads.get(0).bytes()));
    }

    @Test
    @DisplayName("F4 a file that held nothing is given the data of its chunks, and not the zeros behind them")
    void zerosBehindTheDataAreNotWritten() {
        TestImage head = headOnly();
        Manifest other = archives.back("b-2", null, List.of(head, head));
        List<TestStaged> files = archives.restore(other);
        assertThat(files.get(0).bytes()).isEqualTo(head.bytes());
        assertThat(files.get(0).written()).isEqualTo(DataFileLayout.SECTOR);
    }

    /** One byte in the first of the six sectors of the first chunk, and nothing else. */
    private static TestImage headOnly() {
        byte[] bytes = new byte[(int) TestImage.LAYOUT.gridOffset()];
        bytes[17] = 1;
        return new TestImage(bytes);
    }

    @Test
    void zerosAreNeverWritten() {
        List<TestStaged> files = archives.restore(manifest);
        long data = manifest.replica(0).chunks();
        assertThat(files.get(0).written()).isLessThan(images.get(0).bytes().length);
        assertThat(data).isLessThan(TestImage.LAYOUT.chunkCount(images.get(0).bytes().length));
    }
}
