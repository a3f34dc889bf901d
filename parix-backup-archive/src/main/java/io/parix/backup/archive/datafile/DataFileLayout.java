package io.parix.backup.archive.datafile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the zones of a data file lie, and at which boundaries the archive cuts it into chunks.
 *
 * <p>A value, because simulation wants files that are small: {@link #PRODUCTION} is what TigerBeetle 0.17 writes, every
 * offset of it read in {@code src/vsr.zig}. The zones follow each other: superblock copies, WAL headers, WAL prepares,
 * client replies, padding up to a multiple of the block size, grid.
 *
 * <p>Chunks are numbered in file order: one per superblock copy, one for all WAL headers, one per WAL prepare slot, one per
 * client reply slot, one for the padding where there is any, then one per grid block. The last may be short.
 *
 * @param name what a manifest calls this layout
 * @param walSlots slots of the write-ahead log
 * @param messageSize the size of a WAL slot and of a client reply slot, a multiple of 4,096
 * @param clientSlots slots for client replies
 * @param blockSize the size of a grid block, a multiple of 4,096
 */
public record DataFileLayout(String name, int walSlots, int messageSize, int clientSlots, int blockSize) {
    /** Every write of TigerBeetle is a multiple of this. */
    public static final int SECTOR = 4096;

    /** The size of a message or block header. */
    public static final int HEADER_SIZE = 256;

    /** Superblock copies in a file. */
    public static final int SUPERBLOCK_COPIES = 4;

    /** The size of one superblock copy with its padding. */
    public static final int SUPERBLOCK_COPY_SIZE = 24576;

    /** What TigerBeetle 0.17 writes in production, development mode included. */
    public static final DataFileLayout PRODUCTION = new DataFileLayout("production", 1024, 1 << 20, 64, 512 << 10);

    /** A layout of the same form whose smallest file has 248 KiB, for simulation and kill tests. */
    public static final DataFileLayout TINY = new DataFileLayout("tiny", 32, 4096, 4, 4096);

    /** The layouts that a file can be recognized as. */
    public static final List<DataFileLayout> KNOWN = List.of(PRODUCTION, TINY);

    /** Refuses sizes that are not whole sectors. */
    public DataFileLayout {
        if (walSlots < 16 || walSlots % 16 != 0 || clientSlots < 1) {
            throw new IllegalArgumentException("WAL slots come in sectors of 16 headers, not " + walSlots);
        }
        if (messageSize < SECTOR || messageSize % SECTOR != 0 || blockSize < SECTOR || blockSize % SECTOR != 0) {
            throw new IllegalArgumentException("Messages and blocks are whole sectors");
        }
    }

    /** {@return where the headers of the write-ahead log begin} */
    public long walHeadersOffset() {
        return (long) SUPERBLOCK_COPIES * SUPERBLOCK_COPY_SIZE;
    }

    /** {@return the size of all WAL headers} */
    public int walHeadersSize() {
        return walSlots * HEADER_SIZE;
    }

    /** {@return where the prepares of the write-ahead log begin} */
    public long walPreparesOffset() {
        return walHeadersOffset() + walHeadersSize();
    }

    /** {@return where the client replies begin} */
    public long clientRepliesOffset() {
        return walPreparesOffset() + (long) walSlots * messageSize;
    }

    /** {@return where the padding before the grid begins} */
    public long gridPaddingOffset() {
        return clientRepliesOffset() + (long) clientSlots * messageSize;
    }

    /** {@return where the grid begins; also the length of a file that was just formatted} */
    public long gridOffset() {
        return -Math.floorDiv(-gridPaddingOffset(), (long) blockSize) * blockSize;
    }

    /**
     * The place of a grid block.
     *
     * @param address the block's address, from 1
     * @return its offset in the file
     */
    public long blockOffset(long address) {
        return gridOffset() + Math.multiplyExact(address - 1, (long) blockSize);
    }

    /**
     * Tells addresses from numbers that damage or malice put in their place.
     *
     * @param address any number
     * @return whether a block of this address could lie in a file
     */
    public boolean holds(long address) {
        return address >= 1 && address <= (Long.MAX_VALUE - gridOffset()) / blockSize;
    }

    /**
     * The place of a log slot's header in the ring of headers.
     *
     * @param slot 0 or more
     * @return its offset in the file
     */
    public long headerOffset(int slot) {
        return walHeadersOffset() + (long) slot * HEADER_SIZE;
    }

    /**
     * The place of a log slot's prepare.
     *
     * @param slot 0 or more
     * @return its offset in the file
     */
    public long prepareOffset(int slot) {
        return walPreparesOffset() + (long) slot * messageSize;
    }

    /**
     * {@return how many writes to the log can be in flight at once, which bounds what a crash can tear}
     *
     * <p>32 in production ({@code src/config.zig}, {@code journal_iops_write_max}); in other layouts in proportion.
     */
    public int writesInFlight() {
        return Math.max(4, walSlots / 32);
    }

    /**
     * The checksum of the cluster configuration that goes with this layout.
     *
     * <p>Of 17 numbers of 8 bytes, the ones that differ between builds in the order of {@code ConfigCluster} in
     * {@code src/config.zig}.
     *
     * @return in production 0x790755030145d92aa1dcfec99f79affd
     */
    public UInt128 configuration() {
        long[] values = {
            64, clientSlots, 8, 9, 3, walSlots, messageSize, SUPERBLOCK_COPIES, blockSize, 7, 8, 32, 32, 1, 50, 64, 6
        };
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        return Aegis128L.checksum(bytes.array());
    }

    /**
     * The ids of all replicas and standbys of a cluster of this layout.
     *
     * @param cluster the cluster id
     * @return 12 ids in the order of the indexes
     */
    public List<UInt128> members(UInt128 cluster) {
        return members(configuration(), cluster);
    }

    /**
     * The ids of all replicas and standbys of a cluster.
     *
     * @param configuration checksum of the cluster's configuration
     * @param cluster the cluster id
     * @return 12 ids in the order of the indexes
     */
    public static List<UInt128> members(UInt128 configuration, UInt128 cluster) {
        byte[] seed = new byte[2 * UInt128.SIZE + 1];
        configuration.write(seed, 0);
        cluster.write(seed, UInt128.SIZE);
        return IntStream.range(0, SuperblockFormat.MEMBERS_MAX)
                .mapToObj(index -> {
                    seed[seed.length - 1] = (byte) index;
                    return Aegis128L.checksum(seed);
                })
                .toList();
    }

    /**
     * Counts the chunks of a file.
     *
     * @param fileLength the file's length
     * @return how many chunks it is cut into; the last may be short
     */
    public long chunkCount(long fileLength) {
        if (fileLength <= gridOffset()) {
            long ordinal = 0;
            while (ordinal < gridChunk() && chunkOffset(ordinal) < fileLength) {
                ordinal++;
            }
            return ordinal;
        }
        return gridChunk() - Math.floorDiv(gridOffset() - fileLength, (long) blockSize);
    }

    /** {@return the ordinal of the first grid block's chunk} */
    public long gridChunk() {
        return firstReplyChunk() + clientSlots + (gridPaddingOffset() < gridOffset() ? 1 : 0);
    }

    /**
     * The place of a chunk.
     *
     * @param ordinal 0 or more
     * @return its offset in the file
     */
    public long chunkOffset(long ordinal) {
        if (ordinal >= gridChunk()) {
            return gridOffset() + (ordinal - gridChunk()) * blockSize;
        }
        if (ordinal < SUPERBLOCK_COPIES) {
            return ordinal * SUPERBLOCK_COPY_SIZE;
        }
        if (ordinal == SUPERBLOCK_COPIES) {
            return walHeadersOffset();
        }
        // WAL prepares and client replies have the same slot size and follow each other; padding follows both.
        return walPreparesOffset() + (ordinal - SUPERBLOCK_COPIES - 1) * messageSize;
    }

    /**
     * The length of a chunk in a file that is long enough to hold it whole.
     *
     * @param ordinal 0 or more
     * @return bytes, more than 0
     */
    public int chunkLength(long ordinal) {
        return ordinal >= gridChunk() ? blockSize : (int) (chunkOffset(ordinal + 1) - chunkOffset(ordinal));
    }

    /** {@return the length of the longest chunk} */
    public int longestChunk() {
        int padding = (int) (gridOffset() - gridPaddingOffset());
        return Math.max(
                Math.max(messageSize, blockSize), Math.max(padding, Math.max(walHeadersSize(), SUPERBLOCK_COPY_SIZE)));
    }

    private long firstReplyChunk() {
        return SUPERBLOCK_COPIES + 1L + walSlots;
    }
}
