package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.Aegis128L;
import io.parix.backup.archive.datafile.SuperblockFormat;
import io.parix.backup.archive.datafile.UInt128;
import java.util.List;

/** Encodes superblock headers. */
final class SuperblockBytes {
    private SuperblockBytes() {}

    /** The state at a checkpoint, which is the same in every replica. */
    static byte[] checkpoint(Recipe recipe, Grid grid, byte[] lastPrepare, List<UInt128> earlier) {
        byte[] header = new byte[SuperblockFormat.HEADER_SIZE];
        System.arraycopy(lastPrepare, 0, header, SuperblockFormat.CHECKPOINT_HEADER, lastPrepare.length);
        Grid.Chain acquired = grid.acquiredTrailer();
        acquired.checksum().write(header, SuperblockFormat.ACQUIRED_CHECKSUM);
        acquired.lastChecksum().write(header, SuperblockFormat.ACQUIRED_LAST_CHECKSUM);
        Words.u64(header, SuperblockFormat.ACQUIRED_LAST_ADDRESS, acquired.lastAddress());
        Words.u64(header, SuperblockFormat.ACQUIRED_SIZE, acquired.size());
        Grid.Chain released = grid.releasedTrailer();
        released.checksum().write(header, SuperblockFormat.RELEASED_CHECKSUM);
        released.lastChecksum().write(header, SuperblockFormat.RELEASED_LAST_CHECKSUM);
        Words.u64(header, SuperblockFormat.RELEASED_LAST_ADDRESS, released.lastAddress());
        Words.u64(header, SuperblockFormat.RELEASED_SIZE, released.size());
        Grid.Chain sessions = grid.sessions();
        sessions.checksum().write(header, SuperblockFormat.SESSIONS_CHECKSUM);
        sessions.lastChecksum().write(header, SuperblockFormat.SESSIONS_LAST_CHECKSUM);
        Words.u64(header, SuperblockFormat.SESSIONS_LAST_ADDRESS, sessions.lastAddress());
        Words.u64(header, SuperblockFormat.SESSIONS_SIZE, sessions.size());
        manifest(header, grid);
        int count = earlier.size();
        (count > 0 ? earlier.get(count - 1) : UInt128.ZERO).write(header, SuperblockFormat.PARENT_CHECKPOINT);
        (count > 1 ? earlier.get(count - 2) : UInt128.ZERO).write(header, SuperblockFormat.GRANDPARENT_CHECKPOINT);
        long end =
                recipe.layout().gridOffset() + grid.highest() * recipe.layout().blockSize();
        Words.u64(header, SuperblockFormat.STORAGE_SIZE, end);
        Words.u32(header, SuperblockFormat.RELEASE, recipe.release().packed());
        byte[] state = new byte[SuperblockFormat.CHECKPOINT_SIZE];
        System.arraycopy(header, SuperblockFormat.CHECKPOINT, state, 0, state.length);
        return state;
    }

    private static void manifest(byte[] header, Grid grid) {
        Grid.Chain manifest = grid.manifest();
        if (manifest.addresses().isEmpty()) {
            return;
        }
        long oldest = manifest.addresses().get(0);
        firstChecksum(grid, oldest).write(header, SuperblockFormat.MANIFEST_OLDEST_CHECKSUM);
        Words.u64(header, SuperblockFormat.MANIFEST_OLDEST_ADDRESS, oldest);
        manifest.lastChecksum().write(header, SuperblockFormat.MANIFEST_NEWEST_CHECKSUM);
        Words.u64(header, SuperblockFormat.MANIFEST_NEWEST_ADDRESS, manifest.lastAddress());
        Words.u32(header, SuperblockFormat.MANIFEST_BLOCKS, manifest.addresses().size());
    }

    private static UInt128 firstChecksum(Grid grid, long address) {
        List<GridBlock> layers = grid.written().getOrDefault(address, List.of());
        return layers.get(layers.size() - 1) instanceof GridBlock.Kept kept ? kept.checksum() : UInt128.ZERO;
    }

    static UInt128 id(byte[] checkpoint) {
        return Aegis128L.checksum(checkpoint);
    }

    /** The superblock that formatting begins with and never writes: only the parent of the first. */
    static UInt128 beforeFirst(Recipe recipe, int replica) {
        byte[] header = new byte[SuperblockFormat.HEADER_SIZE];
        identity(header, recipe, replica);
        return SuperblockFormat.seal(header, 0);
    }

    /** One header, without its copy number. */
    static byte[] header(SyntheticCluster cluster, SyntheticReplica replica) {
        Recipe recipe = cluster.recipe();
        byte[] header = new byte[SuperblockFormat.HEADER_SIZE];
        identity(header, recipe, replica.index());
        Words.u64(header, SuperblockFormat.SEQUENCE, cluster.sequence());
        cluster.parent(replica.index()).write(header, SuperblockFormat.PARENT);
        byte[] checkpoint = cluster.checkpoint();
        System.arraycopy(checkpoint, 0, header, SuperblockFormat.CHECKPOINT, checkpoint.length);
        Words.u64(header, SuperblockFormat.COMMIT_MAX, Math.min(cluster.commitMax(), Math.max(0, replica.head() - 1)));
        Words.u64(header, SuperblockFormat.SYNC_OP_MIN, replica.syncOpMax() == 0 ? 0 : cluster.checkpointOp() + 1);
        Words.u64(header, SuperblockFormat.SYNC_OP_MAX, replica.syncOpMax());
        Words.u32(header, SuperblockFormat.LOG_VIEW, replica.view());
        Words.u32(header, SuperblockFormat.VIEW, replica.view());
        Words.u32(header, SuperblockFormat.VIEW_HEADERS_COUNT, 1);
        byte[] newest = cluster.log().header(Math.min(cluster.commitMax(), replica.head()));
        System.arraycopy(newest, 0, header, SuperblockFormat.VIEW_HEADERS, newest.length);
        SuperblockFormat.seal(header, 0);
        return header;
    }

    private static void identity(byte[] header, Recipe recipe, int replica) {
        header[SuperblockFormat.VERSION] = SuperblockFormat.VERSION_KNOWN;
        Words.u32(header, SuperblockFormat.RELEASE_FORMAT, recipe.release().packed());
        recipe.cluster().write(header, SuperblockFormat.CLUSTER);
        List<UInt128> members = recipe.members();
        for (int i = 0; i < members.size(); i++) {
            members.get(i).write(header, SuperblockFormat.MEMBERS + i * UInt128.SIZE);
        }
        members.get(replica).write(header, SuperblockFormat.REPLICA_ID);
        header[SuperblockFormat.REPLICA_COUNT] = (byte) recipe.replicas();
    }
}
