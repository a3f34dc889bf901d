package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.i32;
import static io.parix.backup.archive.datafile.Bytes.u32;
import static io.parix.backup.archive.datafile.Bytes.u64;

/**
 * The state of the database at its last checkpoint, byte-identical in all replicas that took it.
 *
 * @param id its checksum, which names it in the log
 * @param header the last prepare in it
 * @param parent id of the checkpoint before, 0 in a fresh file
 * @param grandparent id of the checkpoint before that
 * @param acquired the set of blocks in use, encoded
 * @param released the set of those that become free once this checkpoint is safe, encoded
 * @param clientSessions the clients' sessions
 * @param manifest the chain that names the tables
 * @param storageSize where the highest acquired block ends
 * @param release what the operations after it need
 */
public record Checkpoint(
        UInt128 id,
        PrepareHeader header,
        UInt128 parent,
        UInt128 grandparent,
        Trailer acquired,
        Trailer released,
        Trailer clientSessions,
        Manifest manifest,
        long storageSize,
        Release release) {

    /**
     * A run of bytes kept in a chain of grid blocks, which is read from its end.
     *
     * @param checksum of all its bytes
     * @param lastChecksum of the last block
     * @param lastAddress of the last block, 0 when there is none
     * @param size bytes
     */
    public record Trailer(UInt128 checksum, UInt128 lastChecksum, long lastAddress, long size) {}

    /**
     * The chain of manifest blocks.
     *
     * @param oldestChecksum of the first block
     * @param oldestAddress of the first block, 0 when there is none
     * @param newestChecksum of the last block
     * @param newestAddress of the last block
     * @param blocks how many
     */
    public record Manifest(
            UInt128 oldestChecksum, long oldestAddress, UInt128 newestChecksum, long newestAddress, long blocks) {}

    /** {@return the last operation in it; 0 in a fresh file} */
    public long op() {
        return header.op();
    }

    static Checkpoint parse(byte[] copy) {
        return new Checkpoint(
                Aegis128L.checksum(copy, SuperblockFormat.CHECKPOINT, SuperblockFormat.CHECKPOINT_SIZE),
                PrepareHeader.unchecked(copy, SuperblockFormat.CHECKPOINT_HEADER),
                UInt128.read(copy, SuperblockFormat.PARENT_CHECKPOINT),
                UInt128.read(copy, SuperblockFormat.GRANDPARENT_CHECKPOINT),
                new Trailer(
                        UInt128.read(copy, SuperblockFormat.ACQUIRED_CHECKSUM),
                        UInt128.read(copy, SuperblockFormat.ACQUIRED_LAST_CHECKSUM),
                        u64(copy, SuperblockFormat.ACQUIRED_LAST_ADDRESS),
                        u64(copy, SuperblockFormat.ACQUIRED_SIZE)),
                new Trailer(
                        UInt128.read(copy, SuperblockFormat.RELEASED_CHECKSUM),
                        UInt128.read(copy, SuperblockFormat.RELEASED_LAST_CHECKSUM),
                        u64(copy, SuperblockFormat.RELEASED_LAST_ADDRESS),
                        u64(copy, SuperblockFormat.RELEASED_SIZE)),
                new Trailer(
                        UInt128.read(copy, SuperblockFormat.SESSIONS_CHECKSUM),
                        UInt128.read(copy, SuperblockFormat.SESSIONS_LAST_CHECKSUM),
                        u64(copy, SuperblockFormat.SESSIONS_LAST_ADDRESS),
                        u64(copy, SuperblockFormat.SESSIONS_SIZE)),
                new Manifest(
                        UInt128.read(copy, SuperblockFormat.MANIFEST_OLDEST_CHECKSUM),
                        u64(copy, SuperblockFormat.MANIFEST_OLDEST_ADDRESS),
                        UInt128.read(copy, SuperblockFormat.MANIFEST_NEWEST_CHECKSUM),
                        u64(copy, SuperblockFormat.MANIFEST_NEWEST_ADDRESS),
                        u32(copy, SuperblockFormat.MANIFEST_BLOCKS)),
                u64(copy, SuperblockFormat.STORAGE_SIZE),
                Release.of(i32(copy, SuperblockFormat.RELEASE)));
    }
}
