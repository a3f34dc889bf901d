package io.parix.backup.testkit.simulation;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The data files of a few tiny clusters, by each of some releases, as they are after each of some checkpoints; made once, changed by nobody. */
final class Ledgers {
    private static final int CLUSTERS = 3;
    private static final int VERSIONS = 8;
    private static final int BLOCKS = 24;

    /** The releases that databases come to run, one after the other. */
    static final List<Release> RELEASES = List.of(new Release(0, 17, 8), new Release(0, 17, 9), new Release(0, 18, 0));

    /** Made when they are first asked for: most runs never come to the newest release. */
    private static final Map<Integer, List<List<byte[]>>> MADE = new ConcurrentHashMap<>();

    private Ledgers() {}

    /** The files of all replicas by the oldest release. */
    static List<byte[]> files(int cluster, int version) {
        return files(cluster, version, 0);
    }

    /** The files of all replicas by a release, told by its place in order. Later versions come after earlier ones, until they begin again. */
    static List<byte[]> files(int cluster, int version, int release) {
        return MADE.computeIfAbsent(
                        cluster % CLUSTERS + CLUSTERS * release, which -> versions(which % CLUSTERS, which / CLUSTERS))
                .get(version % VERSIONS);
    }

    private static List<List<byte[]>> versions(int index, int release) {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .cluster(BigInteger.valueOf(1_000L + index))
                .replicas(index == 0 ? 1 : 3)
                .used(new ByteSize(BLOCKS * (long) DataFileLayout.TINY.blockSize()))
                .release(RELEASES.get(release))
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
