package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.archive.datafile.UInt128;
import java.util.List;

/** What does not change over a synthetic cluster's life. */
record Recipe(
        DataFileLayout layout,
        UInt128 cluster,
        UInt128 configuration,
        int replicas,
        Release release,
        int tables,
        long addresses,
        int noise) {
    /** Blocks that lie together where a file is spread out. */
    private static final long EXTENT = 64;

    /** Operations that are compacted together; a checkpoint is written when so many after it are committed. */
    int bar() {
        return Math.max(4, layout.walSlots() / 32);
    }

    /** Operations from one checkpoint to the next: 960 in production. */
    int interval() {
        return layout.walSlots() - 2 * bar();
    }

    /** The ids of all replicas and standbys. */
    List<UInt128> members() {
        return DataFileLayout.members(configuration, cluster);
    }

    /** The n-th address that blocks are put at, from 0: the tables' extents evenly over the file, then what follows. */
    long address(long n) {
        long beyond = Math.max(0, n - tables + 1);
        long within = n - beyond;
        long extents = (tables + EXTENT - 1) / EXTENT;
        long stride = Math.max(EXTENT, (addresses - EXTENT) / Math.max(1, extents - 1));
        return 1 + within / EXTENT * stride + within % EXTENT + beyond;
    }

    /** The body that a block holds at most. */
    int blockBody() {
        return layout.blockSize() - HeaderFormat.SIZE;
    }

    /** A header with what all of this cluster's headers say. */
    void header(byte[] bytes, int command, int size) {
        cluster.write(bytes, HeaderFormat.CLUSTER);
        Words.u32(bytes, HeaderFormat.MESSAGE_SIZE, size);
        Words.u32(bytes, HeaderFormat.RELEASE, release.packed());
        bytes[HeaderFormat.COMMAND] = (byte) command;
    }
}
