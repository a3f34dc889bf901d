package io.parix.backup.archive.datafile;

/**
 * Where the fields of a superblock's header lie, from the first byte of its copy.
 *
 * <p>The source is {@code src/vsr/superblock.zig} of TigerBeetle 0.17. Fields without a size here are 16 bytes.
 */
public final class SuperblockFormat {
    /** The size of the header; what follows it in a copy is padding and never read. */
    public static final int HEADER_SIZE = 8192;

    /** The only version that this reader knows. */
    public static final int VERSION_KNOWN = 2;

    /** The most replicas that take part, standbys not counted. */
    public static final int REPLICAS_MAX = 6;

    /** Entries of {@link #MEMBERS}: replicas and standbys. */
    public static final int MEMBERS_MAX = 12;

    /** Entries of {@link #VIEW_HEADERS}. */
    public static final int VIEW_HEADERS_MAX = 11;

    /** Checksum of the header from {@link #CHECKED}. */
    public static final int CHECKSUM = 0;

    /** Zero in a valid copy. */
    public static final int CHECKSUM_PADDING = 16;

    /** The copy's number, 2 bytes; not covered by the checksum. */
    public static final int COPY = 32;

    /** The first byte that the checksum covers. */
    public static final int CHECKED = 34;

    /** The superblock's version, 2 bytes. */
    public static final int VERSION = 34;

    /** The release that formatted the file, 4 bytes. */
    public static final int RELEASE_FORMAT = 36;

    /** One more at each write, 8 bytes. */
    public static final int SEQUENCE = 40;

    /** The cluster id. */
    public static final int CLUSTER = 48;

    /** Checksum of the superblock with the sequence before. */
    public static final int PARENT = 64;

    /** The checkpoint's state. */
    public static final int CHECKPOINT = 96;

    /** The size of the checkpoint's state; its checksum is the checkpoint's id. */
    public static final int CHECKPOINT_SIZE = 1024;

    /** Header of the last prepare in the checkpoint; all of {@link HeaderFormat}. */
    public static final int CHECKPOINT_HEADER = 96;

    /** The free set's acquired blocks: checksum of the last block of the trailer. */
    public static final int ACQUIRED_LAST_CHECKSUM = 352;

    /** The free set's released blocks: checksum of the last block of the trailer. */
    public static final int RELEASED_LAST_CHECKSUM = 384;

    /** The client sessions: checksum of the last block of the trailer. */
    public static final int SESSIONS_LAST_CHECKSUM = 416;

    /** Checksum of the manifest's oldest block. */
    public static final int MANIFEST_OLDEST_CHECKSUM = 448;

    /** Checksum of the manifest's newest block. */
    public static final int MANIFEST_NEWEST_CHECKSUM = 480;

    /** Checksum of the whole encoded set of acquired blocks. */
    public static final int ACQUIRED_CHECKSUM = 544;

    /** Checksum of the whole encoded set of released blocks. */
    public static final int RELEASED_CHECKSUM = 560;

    /** Checksum of the whole client sessions' trailer. */
    public static final int SESSIONS_CHECKSUM = 576;

    /** Id of the checkpoint before. */
    public static final int PARENT_CHECKPOINT = 592;

    /** Id of the checkpoint before that. */
    public static final int GRANDPARENT_CHECKPOINT = 608;

    /** Address of the last block of the acquired blocks' trailer, 8 bytes. */
    public static final int ACQUIRED_LAST_ADDRESS = 624;

    /** Address of the last block of the released blocks' trailer, 8 bytes. */
    public static final int RELEASED_LAST_ADDRESS = 632;

    /** Address of the last block of the client sessions' trailer, 8 bytes. */
    public static final int SESSIONS_LAST_ADDRESS = 640;

    /** Address of the manifest's oldest block, 8 bytes. */
    public static final int MANIFEST_OLDEST_ADDRESS = 648;

    /** Address of the manifest's newest block, 8 bytes. */
    public static final int MANIFEST_NEWEST_ADDRESS = 656;

    /** Where the highest acquired block ends, 8 bytes. */
    public static final int STORAGE_SIZE = 672;

    /** Size of the encoded set of acquired blocks, 8 bytes. */
    public static final int ACQUIRED_SIZE = 680;

    /** Size of the encoded set of released blocks, 8 bytes. */
    public static final int RELEASED_SIZE = 688;

    /** Size of the client sessions' trailer, 8 bytes. */
    public static final int SESSIONS_SIZE = 696;

    /** Blocks in the manifest's chain, 4 bytes. */
    public static final int MANIFEST_BLOCKS = 704;

    /** The release that the operations after the checkpoint need, 4 bytes. */
    public static final int RELEASE = 708;

    /** The id of this replica, one of {@link #MEMBERS}. */
    public static final int REPLICA_ID = 1120;

    /** The ids of all replicas and standbys in the order of their indexes. */
    public static final int MEMBERS = 1136;

    /** The highest committed operation known at the last write, 8 bytes. */
    public static final int COMMIT_MAX = 1328;

    /** The first operation that a state sync has still to repair, 8 bytes. */
    public static final int SYNC_OP_MIN = 1336;

    /** The last operation that a state sync has still to repair, 8 bytes; 0 when there is none. */
    public static final int SYNC_OP_MAX = 1344;

    /** The view of the log, 4 bytes. */
    public static final int LOG_VIEW = 1356;

    /** The view, 4 bytes. */
    public static final int VIEW = 1360;

    /** How many replicas the cluster has, 1 byte. */
    public static final int REPLICA_COUNT = 1364;

    /** How many of {@link #VIEW_HEADERS} are used, 4 bytes. */
    public static final int VIEW_HEADERS_COUNT = 2152;

    /** Prepare headers of the last view change. */
    public static final int VIEW_HEADERS = 4096;

    private SuperblockFormat() {}

    /**
     * Puts the checksum into a header whose other fields are set.
     *
     * @param header what holds the header
     * @param offset where it begins
     * @return the checksum
     */
    public static UInt128 seal(byte[] header, int offset) {
        UInt128 checksum = checksum(header, offset);
        checksum.write(header, offset + CHECKSUM);
        return checksum;
    }

    static UInt128 checksum(byte[] header, int offset) {
        return Aegis128L.checksum(header, offset + CHECKED, HEADER_SIZE - CHECKED);
    }
}
