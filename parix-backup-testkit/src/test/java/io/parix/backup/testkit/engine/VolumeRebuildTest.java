package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.Check;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Snapshots of backups that only storage knows. */
class VolumeRebuildTest {
    private final VolumeFixture there = new VolumeFixture();
    private final EngineFixture engine = there.engine;
    private final Backup old = engine.backup();

    @AfterEach
    void close() {
        there.close();
    }

    @Test
    @DisplayName("C11 C1 a rebuilt backup shows the snapshots that its manifest names, as the place describes them")
    void shown() {
        BackupContents found = rebuilt();

        assertThat(found.snapshots()).extracting(ReplicaSnapshot::name).isEqualTo(VolumeFixture.names(old));
        assertThat(found.snapshots()).extracting(ReplicaSnapshot::replica).containsExactly(0, 1, 2);
        assertThat(found.snapshots()).extracting(ReplicaSnapshot::volume).containsOnly("unknown");
        assertThat(found.snapshots()).extracting(ReplicaSnapshot::state).containsOnly(ReplicaSnapshot.State.USABLE);
    }

    @Test
    @DisplayName("C11 C1 of a rebuilt backup one that is gone is shown as failed, with a warning")
    void gone() {
        var unused = there.volumes.delete(VolumeFixture.names(old).get(1), VolumeFixture.CALL);

        BackupContents found = rebuilt();

        assertThat(found.snapshots())
                .extracting(ReplicaSnapshot::state)
                .containsExactly(
                        ReplicaSnapshot.State.USABLE, ReplicaSnapshot.State.FAILED, ReplicaSnapshot.State.USABLE);
        assertThat(found.warnings().warnings()).extracting(Check::code).contains("snapshot-failed");
    }

    @Test
    @DisplayName("C11 a place that does not answer keeps no backup from being found, and its snapshots stay open")
    void silent() {
        there.engine.faults.add(fail("describe", first(3)).with(refused(ErrorKind.DENIED, "No describing.")));

        assertThat(rebuilt().snapshots())
                .extracting(ReplicaSnapshot::state)
                .hasSize(3)
                .containsOnly(ReplicaSnapshot.State.PLANNED);
    }

    private BackupContents rebuilt() {
        InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
        try (ParixBackup second = engine.engine(empty, engine.provider, new SteppedDispatcher(engine.clock), 77)
                .start()) {
            var unused = second.rebuild().database(engine.location(), DATABASE);
            return second.backups().find(old.id()).orElseThrow().completed().orElseThrow();
        }
    }
}
