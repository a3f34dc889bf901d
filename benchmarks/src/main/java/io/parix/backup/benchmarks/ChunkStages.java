package io.parix.backup.benchmarks;

import com.github.luben.zstd.Zstd;
import io.parix.backup.archive.datafile.Aegis128L;
import io.parix.backup.archive.datafile.UInt128;
import io.parix.backup.spi.Checksums;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the platform gives for each stage that a chunk passes, on one grid block of 512 KiB: the floor under our pipeline.
 *
 * <p>{@code benchmarks/run jmh ChunkStages}; times 512 KiB an operation gives the throughput of a core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkStages {
    private static final int BLOCK = 512 << 10;
    private static final int RECORD = 128;
    private static final int CHANGING = 40;
    private static final byte[] ZERO = new byte[BLOCK];

    private final byte[] block = new byte[BLOCK];
    private final byte[] twin = new byte[BLOCK];
    private final byte[] empty = new byte[BLOCK];
    private final byte[] compressed = new byte[(int) Zstd.compressBound(BLOCK)];
    private byte[] packed = new byte[0];
    private final byte[] unpacked = new byte[BLOCK];
    private final MessageDigest sha256 = Checksums.newSha256();

    /** Fills the block as tables are filled: records of 128 bytes of which some bytes differ. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int record = 0; record < BLOCK; record += RECORD) {
            for (int position = 0; position < CHANGING; position++) {
                block[record + position] = (byte) random.nextInt();
            }
        }
        System.arraycopy(block, 0, twin, 0, BLOCK);
        packed = Zstd.compress(block, 1);
    }

    /** {@return the checksum that TigerBeetle gives a block} */
    @Benchmark
    public UInt128 aegis128L() {
        return Aegis128L.checksum(block, 0, BLOCK);
    }

    /** {@return the identity of a chunk} */
    @Benchmark
    public byte[] sha256() {
        return sha256.digest(block);
    }

    /** {@return the checksum that travels with an object} */
    @Benchmark
    public long crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(block, 0, BLOCK);
        return crc.getValue();
    }

    /** {@return whether an all-zero chunk is one; the longest case} */
    @Benchmark
    public boolean zeroCheck() {
        return Arrays.mismatch(empty, ZERO) < 0;
    }

    /** {@return whether the same block of two replicas is equal; the longest case} */
    @Benchmark
    public boolean lockstepCompare() {
        return Arrays.mismatch(block, twin) < 0;
    }

    /** {@return the compressed size} */
    @Benchmark
    public long zstd1() {
        return Zstd.compressByteArray(compressed, 0, compressed.length, block, 0, BLOCK, 1);
    }

    /** {@return the raw size} */
    @Benchmark
    public long unzstd() {
        return Zstd.decompressByteArray(unpacked, 0, BLOCK, packed, 0, packed.length);
    }
}
