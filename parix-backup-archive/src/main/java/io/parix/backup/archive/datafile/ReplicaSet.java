package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import io.parix.backup.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a set of data files is one cluster that can be started without losing what it acknowledged.
 *
 * <p>Images taken at different moments are not automatically a cluster: started, they can come up on an older state
 * without one error (spec C6). The conditions K1 to K9 were each tried on real clusters. K1, K2, K5, K6, K7 and a K9 above
 * its bound refuse; K3, K4, K8 and a small K9 warn. A set that passes is <em>a</em> coherent past state; that it holds
 * everything acknowledged before some instant follows only from how the images were taken.
 */
public final class ReplicaSet {
    private ReplicaSet() {}

    /**
     * Checks a set.
     *
     * @param readings what came of reading each image, one per replica, in any order
     * @return one check per condition, passed or not; the findings of the readings themselves are not repeated
     */
    public static Report check(List<DataFileReading> readings) {
        List<DataFile> files =
                readings.stream().flatMap(r -> r.dataFile().stream()).toList();
        List<Check> checks = new ArrayList<>(Completeness.checks(readings, files));
        if (!files.isEmpty()) {
            checks.addAll(FileConditions.checks(files));
            checks.addAll(CheckpointConditions.checks(files));
            checks.add(LogConditions.agreement(files));
            checks.add(CommittedOperations.check(files));
            checks.add(FileConditions.views(files));
            checks.add(LogConditions.oneInstant(files));
        }
        return new Report(checks);
    }
}
