package io.parix.backup.archive.datafile;

/**
 * Where the fields of the 256-byte header lie that every prepare, reply and grid block begins with.
 *
 * <p>Offsets from the header's first byte; the source is {@code src/vsr/message_header.zig} of TigerBeetle 0.17.
 */
public final class HeaderFormat {
    /** The header's size. */
    public static final int SIZE = 256;

    /** Checksum of the header from {@link #CHECKED}. */
    public static final int CHECKSUM = 0;

    /** The first byte that the header's checksum covers. */
    public static final int CHECKED = 16;

    /** Checksum of what follows the header. */
    public static final int BODY_CHECKSUM = 32;

    /** The cluster id. */
    public static final int CLUSTER = 80;

    /** The size of header and body, 4 bytes. */
    public static final int MESSAGE_SIZE = 96;

    /** The view in which a prepare was made, 4 bytes. */
    public static final int VIEW = 104;

    /** The release, 4 bytes. */
    public static final int RELEASE = 108;

    /** The command, 1 byte. */
    public static final int COMMAND = 114;

    /** The replica that made it, 1 byte. */
    public static final int REPLICA = 115;

    /** Command of a prepare, reserved WAL slots included. */
    public static final int COMMAND_PREPARE = 6;

    /** Command of a reply to a client. */
    public static final int COMMAND_REPLY = 8;

    /** Command of a grid block. */
    public static final int COMMAND_BLOCK = 20;

    /** Prepare: checksum of the prepare of the operation before. */
    public static final int PARENT = 128;

    /** Prepare: id of the checkpoint that it was made on. */
    public static final int CHECKPOINT_ID = 192;

    /** Prepare: the client. */
    public static final int CLIENT = 208;

    /** Prepare: the operation's number, 8 bytes. */
    public static final int OP = 224;

    /** Prepare: the highest operation that was committed when it was made, 8 bytes. */
    public static final int COMMIT = 232;

    /** Prepare: the cluster's time in nanoseconds, 8 bytes. */
    public static final int TIMESTAMP = 240;

    /** Prepare: the client's request number, 4 bytes. */
    public static final int REQUEST = 248;

    /** Prepare: what it does, 1 byte. */
    public static final int OPERATION = 252;

    /** Operation of a WAL slot that holds nothing. */
    public static final int OPERATION_RESERVED = 0;

    /** Operation of the first prepare of a cluster, number 0. */
    public static final int OPERATION_ROOT = 1;

    /** Block of a chain: checksum of the block before. */
    public static final int PREVIOUS_CHECKSUM = 128;

    /** Block of a chain: address of the block before, 8 bytes; 0 in the first. */
    public static final int PREVIOUS_ADDRESS = 160;

    /** Block: its address, 8 bytes. */
    public static final int ADDRESS = 224;

    /** Block: its type, 1 byte. */
    public static final int BLOCK_TYPE = 240;

    /** Block type of the free set's trailers. */
    public static final int BLOCK_FREE_SET = 1;

    /** Block type of the client sessions' trailer. */
    public static final int BLOCK_CLIENT_SESSIONS = 2;

    /** Block type of the manifest. */
    public static final int BLOCK_MANIFEST = 3;

    /** Block type of a table's index. */
    public static final int BLOCK_INDEX = 4;

    /** Block type of a table's values. */
    public static final int BLOCK_VALUE = 5;

    private HeaderFormat() {}

    /**
     * Puts the checksums of body and header into a message whose other fields are set.
     *
     * @param message what holds header and body
     * @param offset where the header begins
     * @param size header and body together, as the header says
     */
    public static void seal(byte[] message, int offset, int size) {
        Aegis128L.checksum(message, offset + SIZE, size - SIZE).write(message, offset + BODY_CHECKSUM);
        Aegis128L.checksum(message, offset + CHECKED, SIZE - CHECKED).write(message, offset + CHECKSUM);
    }

    static boolean isSealed(byte[] bytes, int offset) {
        UInt128 stated = UInt128.read(bytes, offset + CHECKSUM);
        return Aegis128L.checksum(bytes, offset + CHECKED, SIZE - CHECKED).equals(stated);
    }
}
