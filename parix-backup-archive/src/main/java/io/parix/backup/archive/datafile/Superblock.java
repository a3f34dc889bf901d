package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.i32;
import static io.parix.backup.archive.datafile.Bytes.u16;
import static io.parix.backup.archive.datafile.Bytes.u32;
import static io.parix.backup.archive.datafile.Bytes.u64;
import static io.parix.backup.archive.datafile.Bytes.u8;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The root of a data file, as one valid copy says it.
 *
 * @param checksum of the header
 * @param version of the format
 * @param releaseFormat the release that formatted the file
 * @param sequence one more at each write, 1 after formatting
 * @param cluster the cluster id
 * @param parent checksum of the superblock with the sequence before
 * @param checkpoint the state at the last checkpoint
 * @param replicaId this replica's id, one of {@code members}
 * @param members the ids of all replicas and standbys in the order of their indexes
 * @param commitMax the highest committed operation known at the last write; the log may know more
 * @param syncOpMin the first operation that a state sync has still to repair
 * @param syncOpMax the last one; 0 when there is none
 * @param logView the view of the log
 * @param view the view
 * @param replicaCount how many replicas the cluster has
 */
public record Superblock(
        UInt128 checksum,
        int version,
        Release releaseFormat,
        long sequence,
        UInt128 cluster,
        UInt128 parent,
        Checkpoint checkpoint,
        UInt128 replicaId,
        List<UInt128> members,
        long commitMax,
        long syncOpMin,
        long syncOpMax,
        long logView,
        long view,
        int replicaCount) {

    /** Copies the list. */
    public Superblock {
        members = List.copyOf(members);
    }

    /** {@return this replica's index; −1 when it is no member} */
    public int index() {
        return members.indexOf(replicaId);
    }

    static Superblock parse(byte[] copy) {
        return new Superblock(
                UInt128.read(copy, SuperblockFormat.CHECKSUM),
                u16(copy, SuperblockFormat.VERSION),
                Release.of(i32(copy, SuperblockFormat.RELEASE_FORMAT)),
                u64(copy, SuperblockFormat.SEQUENCE),
                UInt128.read(copy, SuperblockFormat.CLUSTER),
                UInt128.read(copy, SuperblockFormat.PARENT),
                Checkpoint.parse(copy),
                UInt128.read(copy, SuperblockFormat.REPLICA_ID),
                IntStream.range(0, SuperblockFormat.MEMBERS_MAX)
                        .mapToObj(i -> UInt128.read(copy, SuperblockFormat.MEMBERS + i * UInt128.SIZE))
                        .toList(),
                u64(copy, SuperblockFormat.COMMIT_MAX),
                u64(copy, SuperblockFormat.SYNC_OP_MIN),
                u64(copy, SuperblockFormat.SYNC_OP_MAX),
                u32(copy, SuperblockFormat.LOG_VIEW),
                u32(copy, SuperblockFormat.VIEW),
                u8(copy, SuperblockFormat.REPLICA_COUNT));
    }
}
