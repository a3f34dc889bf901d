package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupRequest;
import io.parix.backup.CancelAnswer;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.store.InMemoryProvider;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots of failed jobs and of other attempts go, whoever dies meanwhile. */
class VolumeSweepTest {
    private static final SnapshotTimes QUICK = SnapshotTimes.AT_ONCE
            .taking(Duration.ofSeconds(15), Duration.ofSeconds(40))
            .going(Duration.ofSeconds(5));

    private final VolumeFixture there = new VolumeFixture();
    private final EngineFixture engine = there.engine;
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        there.close();
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "B4 B3 C1 a worker killed at any durable write of a backup with snapshots leaves one backup, nothing unowned")
    void crashes(MortalCatalog.End end) {
        there.volumes.times(QUICK);
        int deaths = MortalCatalog.effects(number -> killedAt(number, end));
        assertThat(deaths).isGreaterThan(10);
    }

    private boolean killedAt(int write, MortalCatalog.End end) {
        Backup asked = there.ask();
        engine.dispatcher.loseAll();
        MortalCatalog mortal = new MortalCatalog(engine.catalog, write, end);
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, first, write).start();
        first.tick();
        for (int second = 0; second < 100 && !mortal.dead(); second++) {
            while (!mortal.dead() && first.runNext()) {
                assertThat(engine.catalog.find(asked.id().value())).isPresent();
            }
            engine.clock.advance(Duration.ofSeconds(1));
        }
        first.loseAll();
        engine.carryOn(engine.dispatcher);

        Backup done = there.find(asked);
        assertThat(done.status()).as("killed at write %d: %s", write, done).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.completed().orElseThrow().warnings().warnings()).isEmpty();
        there.assertNothingUnowned();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        worker.close();
        return mortal.dead();
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "B5 B3 C1 a cancel at any durable write of a backup with snapshots wins or is too late, and leaves nothing")
    void cancels(MortalCatalog.End moment) {
        there.volumes.times(QUICK);
        List<String> answers = new ArrayList<>();
        boolean happened = true;
        for (int write = 1; happened; write++) {
            happened = cancelledAt(write, moment, answers);
        }
        assertThat(answers).contains("Cancelled", "TooLate");
    }

    private boolean cancelledAt(int write, MortalCatalog.End moment, List<String> answers) {
        Backup asked = there.ask();
        engine.dispatcher.loseAll();
        HookedCatalog hooked = new HookedCatalog(engine.catalog, write, moment, () -> {
            CancelAnswer answer = engine.parix.backups().cancel(asked.id(), ACTOR);
            answers.add(answer.getClass().getSimpleName());
            engine.dispatcher.runUntilQuiet();
        });
        ParixBackup worker =
                engine.engine(hooked.view(), engine.provider, first, write).start();
        first.tick();
        first.runUntilQuiet();
        engine.carryOn(engine.dispatcher);
        worker.close();

        boolean won = hooked.happened() && answers.get(answers.size() - 1).equals("Cancelled");
        assertThat(there.find(asked).status()).isEqualTo(won ? JobStatus.FAILED : JobStatus.COMPLETED);
        engine.clock.advance(Duration.ofMinutes(1));
        there.assertNothingUnowned();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        return hooked.happened();
    }

    @Test
    @DisplayName(
            "B5 B3 a cancelled backup asks for the deletion of its snapshots, and is swept once they are seen gone")
    void seesThemGone() {
        there.volumes.times(VolumeFixture.SLOW.going(Duration.ofMinutes(3)));
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(20));
        assertThat(there.volumes.names()).hasSize(3);

        engine.parix.backups().cancel(asked.id(), new Actor("bea"));
        there.elapse(Duration.ofMinutes(1));

        assertThat(there.job(asked)).isInstanceOf(BackupJob.Unswept.class);
        assertThat(there.find(asked).progress().waitsFor().orElseThrow()).contains("is being deleted");
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        there.elapse(Duration.ofMinutes(3));
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName("B3 H10 a failed backup's snapshot that is locked or in use is waited for, in sight, and then goes")
    void lockedLeftover() {
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(20));
        List<String> names = there.volumes.names();
        Instant until = engine.clock.instant().plus(Duration.ofHours(1));
        there.volumes.lock(names.get(0), until);
        there.volumes.use(names.get(1));

        engine.parix.backups().cancel(asked.id(), ACTOR);
        there.elapse(Duration.ofMinutes(10));

        assertThat(there.volumes.names()).containsExactly(names.get(0), names.get(1));
        assertThat(there.find(asked).progress().waitsFor().orElseThrow()).contains("locked until " + until);
        there.volumes.letGo(names.get(1));
        there.elapse(Duration.ofHours(1));
        assertThat(there.volumes.names()).isEmpty();
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
    }

    @Test
    @DisplayName("B3 a failed backup whose provider cannot list stays unswept, and is swept when it can")
    void listingFails() {
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(20));
        there.engine.faults.add(
                fail("VolumeSnapshots.list", first(3)).with(refused(ErrorKind.UNAVAILABLE, "No listing.")));

        engine.parix.backups().cancel(asked.id(), ACTOR);
        there.runDue();
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Unswept.class);

        engine.dispatcher.runUntilQuiet();
        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName(
            "B7 B3 a snapshot that a worker asks for after its job was cancelled and swept is taken away behind it")
    void landsLate() {
        there.volumes.times(VolumeFixture.SLOW);
        AtomicBoolean cancelled = new AtomicBoolean();
        HookedProvider sleepy =
                new HookedProvider(engine.provider, key -> {}).landing().before("request");
        Backup asked = there.ask();
        engine.dispatcher.loseAll();
        sleepy.looking(() -> {
            if (cancelled.compareAndSet(false, true)) {
                engine.parix.backups().cancel(asked.id(), ACTOR);
                engine.dispatcher.runUntilQuiet();
                assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
            }
        });
        ParixBackup worker = engine.engine(engine.catalog, sleepy, first, 8).start();
        first.tick();

        first.runUntilQuiet();

        assertThat(cancelled).isTrue();
        assertThat(there.engine.faults.calls("request")).isPositive();
        assertThat(there.volumes.names()).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName("B3 what somebody else made under a name of ours stays, and the failed backup is swept")
    void foreignSnapshot() {
        there.engine.faults.add(fail("request", first(1)).with(refused(ErrorKind.UNAVAILABLE, "Down.")));
        Backup asked = there.ask();
        there.runDue();
        String name = ((BackupJob.Snapshotting) there.job(asked))
                .run()
                .volumes()
                .names()
                .get(0);
        there.volumes.request(name, "another", Map.of("owner", "bea"), VolumeFixture.CALL);

        engine.parix.backups().cancel(asked.id(), ACTOR);
        engine.dispatcher.runUntilQuiet();

        assertThat(there.job(asked)).isInstanceOf(BackupJob.Swept.class);
        assertThat(there.volumes.names()).containsExactly(name);
    }

    @Test
    @DisplayName("H11 B3 a provider that knows no snapshots any more proves nothing: the failed backup stays unswept")
    void providerKnowsNone() {
        there.volumes.times(VolumeFixture.SLOW);
        Backup asked = there.ask();
        there.elapse(Duration.ofSeconds(20));
        InMemoryProvider without = new InMemoryProvider(engine.clock);
        engine.parix.backups().cancel(asked.id(), ACTOR);
        engine.dispatcher.loseAll();
        try (ParixBackup worker =
                engine.engine(engine.catalog, without, first, 8).start()) {
            first.tick();
            assertThat(first.runNext()).isTrue();
            assertThat(worker.backups().find(asked.id())).isPresent();
        }

        assertThat(there.job(asked)).isInstanceOf(BackupJob.Unswept.class);
        assertThat(there.find(asked).progress().waitsFor().orElseThrow()).contains("cannot be seen gone");
        assertThat(there.volumes.names()).hasSize(3);
        engine.carryOn(engine.dispatcher);
        assertThat(there.volumes.names()).isEmpty();
    }

    @Test
    @DisplayName(
            "C6 B3 an attempt that starts over makes snapshots of its own, and those of the one before are gone at the end")
    void startsOver() {
        there.volumes.times(QUICK);
        AtomicBoolean changed = new AtomicBoolean();
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {
            if (changed.compareAndSet(false, true)) {
                engine.host.change(DATABASE, profile -> Profiles.inRegion(profile, "eu-west-1"));
            }
        });
        Backup asked;
        try (ParixBackup worker =
                engine.engine(engine.catalog, hooked, first, 8).start()) {
            worker.backups().request(BackupRequest.of(DATABASE, ACTOR));
            asked = engine.parix.backups().history(DATABASE, 1).get(0);
            first.runUntilQuiet();
            engine.carryOn(first);
        }

        Backup done = there.find(asked);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(there.row(asked).attempt()).isEqualTo(2);
        assertThat(((BackupJob.Begun) there.job(asked)).run().intent().snapshots())
                .hasSize(6);
        assertThat(VolumeFixture.names(done)).hasSize(3).allMatch(name -> name.contains("-2-"));
        there.assertNothingUnowned();
        assertThat(engine.parix
                        .backups()
                        .verify(done.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
    }
}
