package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.JobStatus;
import io.parix.backup.host.ReplicaVolume;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A place that does not claim to list by labels, nor to make volumes, and refuses both. */
class VolumeUnclaimedTest {
    private final VolumeFixture there = new VolumeFixture();
    private final EngineFixture engine = there.engine;

    @BeforeEach
    void claimLittle() {
        there.volumes.claimNoListing();
        there.volumes.claimNoVolumes();
        there.imagesFrom(ReplicaVolume.ImageFrom.SNAPSHOT);
    }

    @AfterEach
    void close() {
        there.close();
    }

    private void elapse(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    @Test
    @DisplayName("B3 H3 what a place does not claim it is not asked for, and its snapshots come and go by their names")
    void asksForWhatIsClaimed() {
        Backup old = engine.backup();
        assertThat(there.find(old).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.volumes.names()).hasSize(3);
        elapse(Duration.ofDays(6));
        Backup young = engine.backup();
        elapse(Duration.ofDays(1));

        assertThat(engine.catalog.find(old.id().value())).isEmpty();
        assertThat(there.volumes.names()).isEqualTo(VolumeFixture.names(young));
        there.assertNothingUnowned();
        assertThat(engine.faults.calls("VolumeSnapshots.list")).isZero();
        assertThat(engine.faults.calls("VolumeSnapshots.volumes")).isZero();
        assertThat(engine.faults.calls("materialize")).isZero();
    }
}
