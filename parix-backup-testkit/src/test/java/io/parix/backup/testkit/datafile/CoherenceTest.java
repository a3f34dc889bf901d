package io.parix.backup.testkit.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.archive.datafile.DataFile;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.ReplicaSet;
import io.parix.backup.archive.datafile.UInt128;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each condition of a replica set and its twin just past the boundary, for clusters of one to six replicas. */
@DisplayName("C6 coherence of a set")
class CoherenceTest {
    private static final int[] REPLICATION_QUORUM = {0, 1, 2, 2, 2, 3, 3};
    private static final DataFileLayout TINY = DataFileLayout.TINY;

    private static SyntheticCluster cluster(int replicas) {
        return SyntheticCluster.builder(TINY).replicas(replicas).build().nextCheckpoint(0.2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("K7 committed operations that only a replication quorum has are enough")
    void acceptsAQuorumOfNewImages(int replicas) {
        SyntheticCluster now = cluster(replicas).advance(3);
        assertThat(check(mixed(now, REPLICATION_QUORUM[replicas], r -> r.behind(3)))
                        .failures())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    @DisplayName("K7 committed operations that one image less than a quorum has are refused and counted")
    void refusesOneLessThanAQuorum(int replicas) {
        SyntheticCluster now = cluster(replicas).advance(3);
        Report report = check(mixed(now, REPLICATION_QUORUM[replicas] - 1, r -> r.behind(3)));
        assertThat(report.failures()).extracting(Check::code).containsExactly("committed-ops-missing");
        // The newest operation is not known to be committed: only a later one would show it.
        assertThat(report.failures().get(0).found())
                .isEqualTo("2 operations, " + (now.head() - 2) + "…" + (now.head() - 1));
    }

    @Test
    @DisplayName("K7 a newest operation that no other shows to be committed may be in one image only")
    void doesNotCountTheHead() {
        SyntheticCluster now = cluster(3).advance(1);
        assertThat(check(mixed(now, 1, r -> r.behind(1))).failures()).isEmpty();
    }

    @Test
    @DisplayName("K7 operations at or below a checkpoint count although the log has lost them")
    void countsTheCheckpoint() {
        SyntheticCluster old = SyntheticCluster.builder(TINY).build();
        SyntheticCluster now = old.nextCheckpoint(0.1);
        assertThat(check(List.of(old.replica(0), now.replica(1), now.replica(2)))
                        .failures())
                .isEmpty();
        assertThat(check(List.of(old.replica(0), old.replica(1), now.replica(2)))
                        .failures())
                .extracting(Check::code)
                .containsExactly("committed-ops-missing");
    }

    @Test
    @DisplayName("K1 other members are refused, though index and count agree")
    void refusesOtherMembers() {
        SyntheticCluster other = SyntheticCluster.builder(TINY)
                .configuration(new UInt128(9, 9))
                .build()
                .nextCheckpoint(0.2);
        Report report = check(List.of(cluster(3).replica(0), cluster(3).replica(1), other.replica(2)));
        assertThat(report.failures()).extracting(Check::code).contains("configuration-mismatch");
    }

    @Test
    @DisplayName("K2 a file that ends in the last sector it needs passes, one that ends a sector earlier is refused")
    void knowsTheShortestLength() {
        SyntheticCluster now = cluster(3);
        List<SparseImage> images = now.images();
        DataFile file = DataFile.read(images.get(1)).orThrow();
        long needed = file.superblock().checkpoint().storageSize() - TINY.blockSize() + DataFileLayout.SECTOR;
        images.get(1).setLength(needed);
        assertThat(checkImages(images).failures()).isEmpty();
        images.get(1).setLength(needed - DataFileLayout.SECTOR);
        Report report = checkImages(images);
        assertThat(report.failures()).extracting(Check::code).containsExactly("grid-cut-off");
        assertThat(report.failures().get(0).sentence()).contains("replica 1");
    }

    @Test
    @DisplayName("K3 a replica that is still syncing is a warning")
    void warnsOfASyncingReplica() {
        SyntheticCluster now = cluster(3);
        Report report = check(List.of(now.replica(0), now.replica(1).syncing(60), now.replica(2)));
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("replica-syncing");
    }

    @Test
    @DisplayName("K4 neighbouring checkpoints pass, checkpoints further apart are a warning")
    void warnsOfDistantCheckpoints() {
        SyntheticCluster first = SyntheticCluster.builder(TINY).build();
        SyntheticCluster second = first.nextCheckpoint(0.1);
        SyntheticCluster third = second.nextCheckpoint(0.1);
        assertThat(check(List.of(second.replica(0), third.replica(1), third.replica(2)))
                        .warnings())
                .isEmpty();
        Report apart = check(List.of(first.replica(0), third.replica(1), third.replica(2)));
        assertThat(apart.failures()).isEmpty();
        assertThat(apart.warnings()).extracting(Check::code).containsExactly("checkpoints-apart");
        assertThat(apart.warnings().get(0).found()).isEqualTo("replica 0: 23, replica 1: 71, replica 2: 71");
    }

    @Test
    @DisplayName("K5 two states at the same checkpoint are refused")
    void refusesDivergentCheckpoints() {
        SyntheticCluster base = SyntheticCluster.builder(TINY).build();
        SyntheticCluster one = base.nextCheckpoint(0.1);
        SyntheticCluster other = base.withGridSeed(77).nextCheckpoint(0.1);
        Report report = check(List.of(one.replica(0), one.replica(1), other.replica(2)));
        assertThat(report.failures()).extracting(Check::code).containsExactly("checkpoints-diverge");
    }

    @Test
    @DisplayName("K6 two contents of one operation in one view are refused")
    void refusesDivergentLogs() {
        SyntheticCluster base = cluster(3);
        SyntheticCluster one = base.advance(3);
        SyntheticCluster other = base.withLogSeed(77).advance(3);
        Report report = check(List.of(one.replica(0), one.replica(1), other.replica(2)));
        assertThat(report.failures()).extracting(Check::code).containsExactly("logs-diverge");
        assertThat(report.failures().get(0).sentence()).contains("Operation " + (base.head() + 1), "replica 2");
    }

    @Test
    @DisplayName("K6 an uncommitted operation that a later view replaced is no divergence")
    void acceptsAnOperationThatWasGivenUp() {
        SyntheticCluster base = cluster(3);
        SyntheticCluster given = base.advance(1);
        SyntheticCluster kept = base.inView(4).withLogSeed(77).advance(2);
        Report report = check(List.of(given.replica(0), kept.replica(1), kept.replica(2)));
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("views-differ");
    }

    @Test
    @DisplayName("K8 another view is a warning")
    void warnsOfAnotherView() {
        SyntheticCluster now = cluster(3);
        Report report =
                check(List.of(now.replica(0), now.replica(1), now.replica(2).inView(5)));
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("views-differ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("K9 as many torn slots as writes can be in flight are a warning, one more is refused")
    void boundsTornSlots(int replicas) {
        SyntheticCluster now = cluster(replicas);
        int bound = TINY.writesInFlight();
        Report few = check(mixed(now, replicas - 1, r -> r.torn(bound)));
        assertThat(few.failures()).isEmpty();
        assertThat(few.warnings()).extracting(Check::code).containsExactly("log-slots-torn");
        Report many = check(mixed(now, replicas - 1, r -> r.torn(bound + 1)));
        assertThat(many.failures()).extracting(Check::code).containsExactly("log-not-of-one-instant");
        assertThat(many.failures().get(0).sentence()).contains("replica " + (replicas - 1) + ": 5 slots");
    }

    private static List<SyntheticReplica> mixed(
            SyntheticCluster cluster, int asIs, UnaryOperator<SyntheticReplica> bend) {
        return IntStream.range(0, cluster.replicas().size())
                .mapToObj(i -> i < asIs ? cluster.replica(i) : bend.apply(cluster.replica(i)))
                .toList();
    }

    private static Report check(List<SyntheticReplica> replicas) {
        return checkImages(replicas.stream().map(SyntheticReplica::image).toList());
    }

    private static Report checkImages(List<SparseImage> images) {
        return ReplicaSet.check(images.stream().map(DataFile::read).toList());
    }
}
