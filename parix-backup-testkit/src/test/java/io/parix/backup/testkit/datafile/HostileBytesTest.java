package io.parix.backup.testkit.datafile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.DataFileReading;
import io.parix.backup.archive.datafile.DatabaseCheck;
import io.parix.backup.archive.datafile.Fingerprint;
import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.ReplicaSet;
import io.parix.backup.archive.datafile.SuperblockFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, reading and checking give findings: nothing is thrown, nothing hangs. The seed replays a case. */
@DisplayName("C5 C10 hostile bytes")
@Timeout(120)
class HostileBytesTest {
    private static final DataFileLayout TINY = DataFileLayout.TINY;
    private static final int CASES = 80;
    private static final SyntheticCluster CLUSTER =
            SyntheticCluster.builder(TINY).build().nextCheckpoint(0.3);
    private static final List<SparseImage> IMAGES = CLUSTER.images();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBytes(long seed) {
        RandomGenerator random = random(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(400_000)];
            random.nextBytes(bytes);
            SparseImage image = new SparseImage("random", Instant.EPOCH);
            image.write(0, bytes, bytes.length);
            survives(image, seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7, 8})
    void flippedBitsAnywhere(long seed) {
        RandomGenerator random = random(seed);
        for (int i = 0; i < CASES; i++) {
            SparseImage image = damaged(random);
            for (int flips = random.nextInt(1, 30); flips > 0; flips--) {
                image.flip(random.nextLong(image.length()), 1 << random.nextInt(8));
            }
            survives(image, seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {9, 10, 11, 12})
    void lengthsAndZeroedSpans(long seed) {
        RandomGenerator random = random(seed);
        for (int i = 0; i < CASES; i++) {
            SparseImage image = damaged(random);
            image.zero(random.nextLong(image.length()), random.nextInt(100_000));
            image.setLength(random.nextLong(2 * image.length()));
            survives(image, seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {13, 14, 15, 16})
    @DisplayName("numbers that no cluster writes, under true checksums")
    void impossibleNumbersInSuperblocks(long seed) throws IOException {
        RandomGenerator random = random(seed);
        for (int i = 0; i < CASES; i++) {
            SparseImage image = damaged(random);
            byte[] header = new byte[SuperblockFormat.HEADER_SIZE];
            image.read(0, ByteBuffer.wrap(header));
            for (int fields = random.nextInt(1, 6); fields > 0; fields--) {
                // From the checkpoint on, so that most cases get past version and release.
                Words.u64(header, random.nextInt(SuperblockFormat.CHECKPOINT, 2200), number(random));
            }
            SuperblockFormat.seal(header, 0);
            for (int copy = 0; copy < DataFileLayout.SUPERBLOCK_COPIES; copy++) {
                header[SuperblockFormat.COPY] = (byte) copy;
                image.write((long) copy * DataFileLayout.SUPERBLOCK_COPY_SIZE, header, header.length);
            }
            survives(image, seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {17, 18, 19, 20})
    @DisplayName("numbers that no cluster writes in log and grid, under true checksums")
    void impossibleNumbersInHeaders(long seed) throws IOException {
        RandomGenerator random = random(seed);
        for (int i = 0; i < CASES; i++) {
            SparseImage image = damaged(random);
            for (int headers = random.nextInt(1, 20); headers > 0; headers--) {
                long offset = headerOffset(random);
                byte[] message = new byte[TINY.blockSize()];
                image.read(offset, ByteBuffer.wrap(message));
                Words.u64(message, random.nextInt(HeaderFormat.CLUSTER, 249), number(random));
                int size = random.nextBoolean() ? HeaderFormat.SIZE : random.nextInt(HeaderFormat.SIZE, message.length);
                HeaderFormat.seal(message, 0, size);
                image.write(offset, message, HeaderFormat.SIZE);
            }
            survives(image, seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    @DisplayName("C10 one flipped bit of any block in use is found")
    void findsEveryFlipInABlockInUse(long seed) {
        RandomGenerator random = random(seed);
        List<Long> tables = CLUSTER.tables();
        for (int i = 0; i < CASES; i++) {
            SparseImage image = damaged(random);
            long address = tables.get(random.nextInt(tables.size()));
            int within = random.nextInt(TINY.blockSize());
            image.flip(TINY.blockOffset(address) + within, 1 << random.nextInt(8));
            assertThat(DatabaseCheck.of(image).failures())
                    .as("seed %d, byte %d of block %d", seed, within, address)
                    .anyMatch(c -> c.sentence().contains("Grid block " + address + " at offset"));
        }
    }

    private static void survives(SparseImage image, long seed) {
        assertThatCode(() -> {
                    DataFileReading reading = DataFile.read(image);
                    ReplicaSet.check(List.of(reading));
                    ReplicaSet.check(List.of(DataFile.read(IMAGES.get(0)), reading, DataFile.read(IMAGES.get(2))));
                    assertThat(DatabaseCheck.of(image).checks()).isNotEmpty();
                    reading.dataFile().ifPresent(file -> {
                        assertThat(file.facts().count()).isBetween(1, 6);
                        assertThat(Fingerprint.of(image, file)
                                        .unmovedSince(Fingerprint.of(image, file))
                                        .passed())
                                .isTrue();
                    });
                })
                .as("seed %d", seed)
                .doesNotThrowAnyException();
    }

    private static SparseImage damaged(RandomGenerator random) {
        return IMAGES.get(random.nextInt(IMAGES.size())).copy("damaged");
    }

    private static long headerOffset(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> TINY.headerOffset(random.nextInt(TINY.walSlots()));
            case 1 -> TINY.prepareOffset(random.nextInt(TINY.walSlots()));
            default -> TINY.blockOffset(random.nextInt(1, 90));
        };
    }

    /** Numbers around the edges, and any. */
    private static long number(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE - random.nextInt(3);
            case 1 -> Long.MIN_VALUE + random.nextInt(3);
            case 2 -> -1 - random.nextInt(3);
            case 3 -> random.nextInt(1000);
            case 4 -> 1L << random.nextInt(64);
            default -> random.nextLong();
        };
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
