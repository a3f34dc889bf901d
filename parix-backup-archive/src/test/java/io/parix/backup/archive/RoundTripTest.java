package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.verify.ArchiveVerification;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();

    private void comesBack(Archives archives, List<TestImage> images) {
        Manifest manifest = archives.back("b-1", null, images);
        List<TestStaged> files = archives.restore(manifest);
        for (int i = 0; i < images.size(); i++) {
            assertThat(files.get(i).bytes())
                    .as("replica %s", i)
                    .isEqualTo(images.get(i).bytes());
            assertThat(files.get(i).forced()).isTrue();
        }
        assertThat(ArchiveVerification.present(archives.verify("b-1"), archives.bench())
                        .failures())
                .isEmpty();
        assertThat(ArchiveVerification.readBack(archives.verify("b-1"), archives.bench())
                        .failures())
                .isEmpty();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void equalReplicasComeBackByteForByte() {
        TestImage image = TestImage.random(1, 200);
        comesBack(new Archives(store, spool), List.of(image, image, image));
    }

    @Test
    void replicasThatHaveNothingInCommonComeBackByteForByte() {
        comesBack(
                new Archives(store, spool),
                List.of(TestImage.random(1, 100), TestImage.random(2, 100), TestImage.random(3, 100)));
    }

    @Test
    void filesOfDifferentLengthComeBackWithTheirLength() {
        int grid = (int) DataFileLayout.TINY.gridOffset();
        comesBack(
                new Archives(store, spool),
                List.of(
                        TestImage.random(1, 90),
                        TestImage.random(1, grid + 4096 * 17 + 512, true),
                        TestImage.random(1, grid, true)));
    }

    @Test
    void filesWithoutContentComeBackAsZeros() {
        comesBack(new Archives(store, spool), List.of(new TestImage(new byte[300_000])));
        assertThat(store.keys()).extracting(k -> k.name()).noneMatch(n -> n.endsWith(".seg"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSmallPoolIsEnough(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            comesBack(
                    new Archives(store, spool).on(pool),
                    List.of(TestImage.random(4, 400), TestImage.random(4, 300), TestImage.random(5, 400)));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("C12 what all replicas hold is stored once")
    void equalReplicasAreStoredOnce() {
        TestImage image = TestImage.random(1, 200);
        new Archives(store, spool).back("b-1", null, List.of(image));
        TestStore three = new TestStore();
        new Archives(three, spool).back("b-1", null, List.of(image, image, image));
        assertThat(segmentBytes(three)).isEqualTo(segmentBytes(store));
    }

    private static long segmentBytes(TestStore store) {
        return store.keys().stream()
                .filter(k -> k.name().endsWith(".seg"))
                .mapToLong(k -> store.bytes(k).length)
                .sum();
    }

    @Test
    void anEqualExportWritesEqualObjectsWhateverThePool() {
        List<TestImage> images = List.of(TestImage.random(4, 300), TestImage.random(5, 300));
        TestStore other = new TestStore();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            new Archives(store, spool).back("b-1", null, images);
            new Archives(other, spool).on(pool).back("b-1", null, images);
        } finally {
            pool.shutdownNow();
        }
        assertThat(other.keys()).isEqualTo(store.keys());
        store.keys().forEach(k -> assertThat(other.bytes(k)).isEqualTo(store.bytes(k)));
    }
}
