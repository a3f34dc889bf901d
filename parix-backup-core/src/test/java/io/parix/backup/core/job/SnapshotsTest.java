package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.PLANNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import io.parix.backup.core.job.Snapshots.Until;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static ReplicaSnapshot seen(int replica, State state) {
        return new ReplicaSnapshot(replica, "vol-" + replica, "s-" + replica, state, 43, "", "note");
    }

    @Test
    @DisplayName(
            "C1 B8 the images wait until every snapshot is cut, the end until every one is usable, and it says for which")
    void waits() {
        Snapshots half = PLANNED.with(seen(1, State.CUT));
        Snapshots cut = half.with(seen(0, State.USABLE));

        assertThat(half.words(Until.CUT)).isEqualTo("snapshot of replica 0 is pending, 0 %");
        assertThat(cut.pending(Until.CUT)).isEmpty();
        assertThat(cut.words(Until.USABLE)).isEqualTo("snapshot of replica 1 is pending, 43 %");
        assertThat(cut.words(Until.CUT)).isEmpty();
    }

    @Test
    @DisplayName("C1 a snapshot that failed is waited for no longer, and one that is given up has failed")
    void givesUp() {
        Snapshots late = PLANNED.with(seen(1, State.CUT)).without(Until.CUT, Snapshots.late(Until.CUT, "6 hours"));

        assertThat(late.pending(Until.CUT)).isEmpty();
        assertThat(late.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.replica()).isZero();
            assertThat(failed.reason()).isEqualTo("It was not cut within 6 hours.");
        });
        assertThat(late.standing()).containsExactly(seen(1, State.CUT));
        assertThat(late.pending(Until.USABLE)).containsExactly(seen(1, State.CUT));
    }

    @Test
    @DisplayName("B6 snapshots stand in order of replica, each replica and name once, and their names are names")
    void refusals() {
        assertThat(PLANNED.names()).containsExactly("s-0", "s-1");
        ReplicaSnapshot one = ReplicaSnapshot.planned(0, "vol-0", "s-0");
        assertThatThrownBy(() -> new Snapshots(List.of(one, ReplicaSnapshot.planned(0, "vol-1", "s-1"))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new Snapshots(List.of(one, ReplicaSnapshot.planned(1, "vol-1", "s-0"))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> ReplicaSnapshot.planned(0, "vol-0", "S_0")).hasMessageContaining("a-z");
        assertThatThrownBy(() -> ReplicaSnapshot.planned(100, "vol-0", "s")).hasMessageContaining("0 to 99");
        assertThatThrownBy(() -> ReplicaSnapshot.planned(0, " ", "s")).hasMessageContaining("printable");
    }

    @Test
    @DisplayName("B6 an attempt keeps the snapshots that it planned, all of them named by its intent")
    void keepsThem() {
        BackupJob planned = Samples.backup(BackupStep.SNAPSHOTTING);
        BackupRun without = new BackupRun(1, 3, 7, Samples.NOON, Samples.SNAPSHOT_RUN.intent());
        assertThatThrownBy(
                        () -> planned.requireMoveTo(new BackupJob.Unswept(planned.header(), without, Samples.FAILURE)))
                .hasMessageContaining("others than planned");
        assertThatThrownBy(() -> new BackupJob.Snapshotting(planned.header(), Samples.RUN))
                .hasMessageContaining("no snapshot");
        assertThatThrownBy(() -> new BackupRun(1, 3, 7, Samples.NOON, Samples.INTENT, PLANNED))
                .hasMessageContaining("does not name");
    }
}
