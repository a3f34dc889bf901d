package io.parix.backup.testkit.simulation;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The data files of a few tiny clusters as they are after each of some checkpoints; made once, changed by nobody. */
final class Ledgers {
    private static final int CLUSTERS = 3;
    private static final int VERSIONS = 8;
    private static final int BLOCKS = 24;

    private static final List<List<List<byte[]>>> ALL = all();

    private Ledgers() {}

    /** The files of all replicas. Later versions come after earlier ones, until they begin again. */
    static List<byte[]> files(int cluster, int version) {
        return ALL.get(cluster % CLUSTERS).get(version % VERSIONS);
    }

    private static List<List<List<byte[]>>> all() {
        List<List<List<byte[]>>> clusters = new ArrayList<>();
        for (int i = 0; i < CLUSTERS; i++) {
            clusters.add(versions(i));
        }
        return List.copyOf(clusters);
    }

    private static List<List<byte[]>> versions(int index) {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .cluster(BigInteger.valueOf(1_000L + index))
                .replicas(index == 0 ? 1 : 3)
                .used(new ByteSize(BLOCKS * (long) DataFileLayout.TINY.blockSize()))
                .seed(index + 1)
                .build();
        List<List<byte[]>> versions = new ArrayList<>();
        for (int i = 0; i < VERSIONS; i++) {
            versions.add(cluster.images().stream().map(SparseImage::bytes).toList());
            cluster = cluster.nextCheckpoint(0.2);
        }
        return List.copyOf(versions);
    }
}
