package io.parix.backup.testkit.datafile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.DatabaseCheck;
import io.parix.backup.archive.datafile.ReplicaSet;
import io.parix.backup.archive.datafile.UInt128;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticClusterTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    @DisplayName("C5 a formatted synthetic file is byte for byte what tigerbeetle format writes")
    void formatsAsTigerBeetleDoes() throws Exception {
        SparseImage image = SyntheticCluster.builder(DataFileLayout.PRODUCTION)
                .cluster(new BigInteger("1512366075204170928972419503379277431"))
                .formatted()
                .replica(1)
                .image();
        // The digest of the file that release 0.17.8 formatted for this cluster and replica.
        assertThat(sha256(image)).isEqualTo("aa4cd80cfa52ececb5a5b8e20a90ae76bf709f74c91f0a1b2b43c939b6deffe9");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("C6 C10 sets of every size pass every check, over their whole life")
    void passesEveryCheck(int replicas) {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .replicas(replicas)
                .seed(replicas)
                .formatted();
        assertHealthy(cluster);
        assertHealthy(cluster.advance(3));
        cluster =
                SyntheticCluster.builder(DataFileLayout.TINY).replicas(replicas).build();
        for (double share : new double[] {0, 0.01, 0.5, 1}) {
            assertHealthy(cluster);
            assertHealthy(cluster.advance(2));
            cluster = cluster.nextCheckpoint(share);
        }
        assertHealthy(cluster);
    }

    private static void assertHealthy(SyntheticCluster cluster) {
        for (SparseImage image : cluster.images()) {
            Report report = DatabaseCheck.of(image);
            assertThat(report.failures()).isEmpty();
            assertThat(report.warnings()).isEmpty();
        }
        Report set =
                ReplicaSet.check(cluster.images().stream().map(DataFile::read).toList());
        assertThat(set.failures()).isEmpty();
        assertThat(set.warnings()).isEmpty();
    }

    @Test
    void givesTheSameBytesForTheSameSeedAndOthersForAnother() throws Exception {
        SyntheticCluster.Builder builder = SyntheticCluster.builder(DataFileLayout.TINY);
        String first = sha256(builder.seed(5).build().replica(0).image());
        assertThat(sha256(builder.seed(5).build().replica(0).image())).isEqualTo(first);
        assertThat(sha256(builder.seed(6).build().replica(0).image())).isNotEqualTo(first);
    }

    @Test
    @DisplayName("C12 used blocks are the same in all replicas, superblocks are each replica's own")
    void sharesEverythingButTheSuperblocks() throws Exception {
        List<SparseImage> images =
                SyntheticCluster.builder(DataFileLayout.TINY).build().images();
        long log = DataFileLayout.TINY.walHeadersOffset();
        assertThat(bytes(images.get(0), log)).isEqualTo(bytes(images.get(1), log));
        assertThat(bytes(images.get(0), 0)).isNotEqualTo(bytes(images.get(1), 0));
    }

    @Test
    void givesTheBytesOfASmallImage() throws IOException {
        SparseImage image = new SparseImage("a", Instant.EPOCH);
        image.write(4_095, new byte[] {1, 2}, 2);
        image.setLength(8_200);

        byte[] expected = new byte[8_200];
        expected[4_095] = 1;
        expected[4_096] = 2;
        assertThat(image.bytes()).isEqualTo(expected);

        image.setLength(4_096);
        assertThat(image.bytes()).isEqualTo(Arrays.copyOf(expected, 4_096));
    }

    @Test
    void writesTheSameFilesByChangesAsAnew() throws Exception {
        SyntheticCluster before = SyntheticCluster.builder(DataFileLayout.TINY).build();
        before.writeTo(directory);
        SyntheticCluster now = before;
        for (int i = 0; i < 4; i++) {
            SyntheticCluster next = i == 2 ? now.advance(2) : now.nextCheckpoint(0.3);
            List<Path> files = next.writeChanges(directory, now);
            assertThat(files).hasSize(3);
            for (int replica = 0; replica < 3; replica++) {
                assertThat(Files.readAllBytes(files.get(replica)))
                        .isEqualTo(bytes(next.replica(replica).image(), 0));
            }
            now = next;
        }
    }

    @Test
    void namesFilesByClusterAndReplica() throws IOException {
        SyntheticCluster cluster =
                SyntheticCluster.builder(DataFileLayout.TINY).replicas(2).build();
        assertThat(cluster.writeTo(directory))
                .extracting(p -> p.getFileName().toString())
                .containsExactly("1_0.tigerbeetle", "1_1.tigerbeetle");
        assertThat(cluster.replica(1).writeTo(directory)).hasFileName("1_1.tigerbeetle");
    }

    @Test
    void replacesTheShareOfTablesThatItIsAskedFor() {
        SyntheticCluster before = SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(200 * 4096))
                .build();
        List<Long> kept = new ArrayList<>(before.nextCheckpoint(0.1).tables());
        kept.retainAll(before.tables());
        assertThat(before.tables()).hasSize(200);
        assertThat(kept).hasSize(180);
    }

    @Test
    void writesFilesOfATerabyteThatUseLittle() throws IOException {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.PRODUCTION)
                .replicas(1)
                .used(ByteSize.mebibytes(40))
                .fileSize(ByteSize.gibibytes(1024))
                .build();
        SparseImage image = cluster.replica(0).image();
        assertThat(image.length()).isBetween(1000L << 30, 1025L << 30);
        assertThat(DatabaseCheck.of(image).failures()).isEmpty();
    }

    @Test
    @DisplayName("C10 a free set that takes several blocks is read back to its first")
    void chainsTrailersOverSeveralBlocks() {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .replicas(1)
                .used(new ByteSize(40_000 * 4096L))
                .fileSize(new ByteSize(400_000 * 4096L))
                .build();
        Report report = DatabaseCheck.of(cluster.replica(0).image());
        assertThat(report.failures()).isEmpty();
        assertThat(cluster.grid().acquiredTrailer().addresses()).hasSizeGreaterThan(1);
    }

    @Test
    void compressesAsTablesDoAndLessWithNoise() throws IOException {
        double quiet = ratio(SyntheticCluster.builder(DataFileLayout.TINY).noise(0));
        double usual = ratio(SyntheticCluster.builder(DataFileLayout.TINY));
        double noisy = ratio(SyntheticCluster.builder(DataFileLayout.TINY).noise(16));
        assertThat(usual).isBetween(4.0, 9.0);
        assertThat(quiet).isGreaterThan(usual);
        assertThat(noisy).isLessThan(usual);
    }

    private static double ratio(SyntheticCluster.Builder builder) throws IOException {
        byte[] grid = bytes(
                builder.used(new ByteSize(256 * 4096)).build().replica(0).image(), DataFileLayout.TINY.gridOffset());
        Deflater deflater = new Deflater(1);
        deflater.setInput(grid);
        deflater.finish();
        byte[] out = new byte[grid.length];
        return (double) grid.length / deflater.deflate(out);
    }

    @Test
    void refusesWhatNoClusterCanBe() {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY).build();
        assertThatThrownBy(() -> cluster.advance(100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cluster.nextCheckpoint(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cluster.replica(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cluster.replica(0).behind(40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cluster.replica(0).torn(9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("C5 members of an unknown configuration are a warning as long as log and blocks lie where they should")
    void warnsOfAnUnknownConfiguration() {
        for (DataFileLayout layout : List.of(DataFileLayout.TINY, DataFileLayout.PRODUCTION)) {
            SparseImage image = SyntheticCluster.builder(layout)
                    .configuration(new UInt128(3, 4))
                    .used(new ByteSize(layout.blockSize()))
                    .build()
                    .replica(2)
                    .image();
            assertThat(DataFile.read(image).orThrow().layout()).isEqualTo(layout);
            assertThat(DataFile.read(image).report().warnings())
                    .extracting(Check::code)
                    .containsExactly("layout-unverified");
        }
    }

    @Test
    @DisplayName("C5 members of an unknown configuration are refused when blocks do not lie where they should")
    void refusesAnUnknownLayout() {
        SparseImage image = SyntheticCluster.builder(new DataFileLayout("other", 64, 8192, 4, 8192))
                .build()
                .replica(0)
                .image();
        assertThat(DataFile.read(image).report().failures())
                .extracting(Check::code)
                .containsExactly("layout-unknown");
    }

    private static byte[] bytes(SparseImage image, long from) throws IOException {
        byte[] bytes = new byte[(int) (image.length() - from)];
        image.read(from, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static String sha256(SparseImage image) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[1 << 20];
        for (long at = 0; at < image.length(); at += piece.length) {
            int count = image.read(at, ByteBuffer.wrap(piece));
            digest.update(piece, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
