package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.CancelAnswer;
import io.parix.backup.Check;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are read from volumes made of snapshots: made, handed to the host, and given back, whoever dies meanwhile. */
class VolumeImageTest {
    private static final SnapshotTimes QUICK = SnapshotTimes.AT_ONCE
            .taking(Duration.ofSeconds(15), Duration.ofSeconds(40))
            .going(Duration.ofSeconds(5));

    private final VolumeFixture there = new VolumeFixture();
    private final EngineFixture engine = there.engine;
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);

    @BeforeEach
    void slow() {
        there.imagesFrom(ReplicaVolume.ImageFrom.SNAPSHOT);
        there.volumes.times(QUICK);
        there.volumes.making(Duration.ofMinutes(2));
    }

    @AfterEach
    void close() {
        there.close();
    }

    private List<String> names(Backup backup) {
        return ((BackupJob.Begun) there.job(backup)).run().volumes().volumeNames();
    }

    @Test
    @DisplayName(
            "C1 B6 B8 volumes are made of usable snapshots, named before, waited for in sight, and handed to the host")
    void handedOver() {
        Backup asked = there.ask();
        there.runDue();
        assertThat(((BackupJob.Begun) there.job(asked)).run().intent().volumes())
                .hasSize(3)
                .isEqualTo(names(asked));
        assertThat(there.volumes.volumeNames()).isEmpty();

        there.elapse(Duration.ofSeconds(60));

        assertThat(there.find(asked).progress().waiting()).contains("the volume for replica 0 is being made");
        assertThat(there.volumes.volumeNames()).isEqualTo(names(asked));
        assertThat(engine.asked()).noneMatch(call -> call.startsWith("capture"));
        engine.dispatcher.runUntilQuiet();
        Backup done = there.find(asked);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.engine.faults.calls("materialize")).isGreaterThanOrEqualTo(6);
        there.assertNothingUnowned();
        assertThat(engine.restore(done).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C6 a backup read from snapshots covers nothing after the first of them was asked for")
    void coversNoMore() {
        Instant before = engine.clock.instant();
        Backup asked = there.ask();
        engine.dispatcher.runUntilQuiet();
        assertThat(there.find(asked).completed().orElseThrow().coveredUntil()).isEqualTo(before);
    }

    @Test
    @DisplayName("C1 where the host takes its images from elsewhere, no volume is made")
    void elsewhere() {
        there.imagesFrom(ReplicaVolume.ImageFrom.HOST);
        Backup asked = there.ask();
        engine.dispatcher.runUntilQuiet();
        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.engine.faults.calls("materialize")).isZero();
        assertThat(there.engine.faults.calls("deleteVolume")).isZero();
    }

    @Test
    @DisplayName("C1 of a snapshot that failed no volume is handed over, and what then is for the host to say")
    void failedSnapshot() {
        there.volumes.failing("vol-1", "The disk is broken.");
        Backup asked = there.ask();
        engine.dispatcher.runUntilQuiet();
        Backup done = there.find(asked);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.completed().orElseThrow().warnings().warnings())
                .extracting(Check::code)
                .containsExactly("snapshot-failed");
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName("A6 a limit on volumes delays the backup, and a lost answer finds the volume again")
    void limited() {
        there.engine.faults.add(strike("materialize", first(1)).with(lostAnswer()));
        there.engine.faults.add(fail("materialize", nth(2)).with(refused(ErrorKind.QUOTA, "Too many volumes.")));
        Backup asked = there.ask();
        engine.dispatcher.runUntilQuiet();
        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName(
            "B3 a volume that is attached somewhere is asked for again until it is gone, and only then the backup completes")
    void attached() {
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(60));
        String name = names(asked).get(0);
        there.volumes.use(name);
        there.elapse(Duration.ofMinutes(5));

        assertThat(there.find(asked).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(there.find(asked).progress().waiting()).contains(name);
        assertThat(there.volumes.volumeNames()).containsExactly(name);
        there.volumes.letGo(name);
        there.elapse(Duration.ofMinutes(1));
        assertThat(there.find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        there.assertNothingUnowned();
    }

    @Test
    @DisplayName("B3 B5 cancelled while its volumes are made, a backup leaves none")
    void cancelled() {
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(60));
        assertThat(there.volumes.volumeNames()).hasSize(3);

        assertThat(engine.parix.backups().cancel(asked.id(), ACTOR)).isInstanceOf(CancelAnswer.Cancelled.class);
        engine.dispatcher.runUntilQuiet();

        assertThat(there.find(asked).status()).isEqualTo(JobStatus.FAILED);
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
        there.assertNothingUnowned();
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName("B4 B3 C1 a worker killed at any durable write of a backup read from snapshots leaves nothing unowned")
    void crashes(MortalCatalog.End end) {
        int deaths = MortalCatalog.effects(number -> killedAt(number, end));
        assertThat(deaths).isGreaterThan(10);
    }

    private boolean killedAt(int write, MortalCatalog.End end) {
        Backup asked = there.ask();
        engine.dispatcher.loseAll();
        MortalCatalog mortal = new MortalCatalog(engine.catalog, write, end);
        try (ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, first, write).start()) {
            first.tick();
            for (int second = 0; second < 400 && !mortal.dead(); second++) {
                for (boolean more = true; more && !mortal.dead(); ) {
                    more = first.runNext();
                }
                engine.clock.advance(Duration.ofSeconds(1));
            }
            first.loseAll();
            engine.carryOn(engine.dispatcher);

            Backup done = there.find(asked);
            assertThat(done.status()).as("killed at write %d: %s", write, done).isEqualTo(JobStatus.COMPLETED);
            there.assertNothingUnowned();
            assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
            assertThat(worker).isNotNull();
        }
        return mortal.dead();
    }
}
