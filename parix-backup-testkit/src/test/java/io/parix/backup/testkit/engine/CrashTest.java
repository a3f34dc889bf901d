package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTest {
    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);
    private final SteppedDispatcher second = engine.dispatcher;

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "B4 B3 a backup whose worker is killed at any durable write ends as one complete backup, nothing unowned")
    void backupSurvives(MortalCatalog.End end) {
        int deaths = MortalCatalog.effects(number -> backupKilledAt(number, end));
        assertThat(deaths).isEqualTo(6);
    }

    private boolean backupKilledAt(int write, MortalCatalog.End end) {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        second.loseAll();
        MortalCatalog mortal = new MortalCatalog(engine.catalog, write, end);
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, first, write).start();
        first.tick();
        while (!mortal.dead() && first.runNext()) {
            assertThat(engine.catalog.find(asked.id().value())).isPresent();
        }
        first.loseAll();
        engine.carryOn(second);

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).as("killed at write %d: %s", write, done).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.unowned()).as("killed at write %d", write).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.parix
                        .backups()
                        .verify(done.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        worker.close();
        return mortal.dead();
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName("B4 F5 a restore whose worker is killed at any durable write is finished by the next")
    void restoreSurvives(MortalCatalog.End end) {
        Backup backup = engine.backup();
        List<byte[]> saved =
                engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
        int deaths = MortalCatalog.effects(number -> {
            engine.host.files(
                    DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
            boolean died = restoreKilledAt(backup, number, end);
            assertThat(engine.host.files(DATABASE))
                    .as("killed at write %d", number)
                    .containsExactlyElementsOf(saved);
            return died;
        });
        assertThat(deaths).isEqualTo(10);
        assertThat(engine.unowned()).isEmpty();
    }

    private boolean restoreKilledAt(Backup backup, int write, MortalCatalog.End end) {
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        second.loseAll();
        MortalCatalog mortal = new MortalCatalog(engine.catalog, write, end);
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, first, write).start();
        first.tick();
        while (!mortal.dead() && first.runNext()) {
            assertThat(engine.catalog.find(asked.id().value())).isPresent();
        }
        first.loseAll();
        engine.carryOn(second);

        Restore done = engine.parix.restores().find(asked.id()).orElseThrow();
        assertThat(done.status()).as("killed at write %d: %s", write, done).isEqualTo(JobStatus.COMPLETED);
        DatabaseFacts.Live live = (DatabaseFacts.Live) engine.host.look(DATABASE);
        assertThat(live.profile().status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        worker.close();
        return mortal.dead();
    }

    @ParameterizedTest
    @ValueSource(strings = {".seg", ".idx"})
    @DisplayName("B7 B3 a worker that sleeps past its lease in a put is refused, and what it puts late is swept")
    void sleepsPastTheLease(String during) {
        AtomicBoolean slept = new AtomicBoolean();
        HookedProvider sleepy = new HookedProvider(engine.provider, key -> {
                    if (key.endsWith(during) && slept.compareAndSet(false, true)) {
                        engine.carryOn(second);
                    }
                })
                .landing();
        ParixBackup sleeper = engine.engine(engine.catalog, sleepy, first, 99).start();
        Backup asked = ask(sleeper);

        first.runUntilQuiet();

        assertThat(slept).isTrue();
        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.catalog.find(asked.id().value()).orElseThrow().claimed())
                .isEmpty();
        assertThat(engine.unowned()).isEmpty();
        assertThat(engine.parix
                        .backups()
                        .verify(done.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        sleeper.close();
    }

    @Test
    @DisplayName("B7 a worker that comes back just before its lease lapses keeps the job")
    void wakesInTime() {
        AtomicBoolean slept = new AtomicBoolean();
        HookedProvider sleepy = new HookedProvider(engine.provider, key -> {
            if (slept.compareAndSet(false, true)) {
                engine.clock.advance(engine.settings.work().lease().minusMillis(1));
                second.tick();
                assertThat(second.runNext()).isFalse();
            }
        });
        ParixBackup sleeper = engine.engine(engine.catalog, sleepy, first, 99).start();
        Backup asked = ask(sleeper);

        first.runUntilQuiet();

        assertThat(slept).isTrue();
        assertThat(engine.parix.backups().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.unowned()).isEmpty();
        sleeper.close();
    }

    @Test
    @DisplayName("B7 steps that move no bytes renew the lease between them")
    void renewsBetweenSteps() {
        HookedProvider slow = new HookedProvider(engine.provider, key -> {
            engine.clock.advance(engine.settings.work().lease().dividedBy(2));
            second.tick();
            assertThat(second.runNext()).as("taken over during %s", key).isFalse();
        });
        ParixBackup worker = engine.engine(engine.catalog, slow, first, 99).start();
        Backup asked = ask(worker);

        first.runUntilQuiet();

        assertThat(engine.parix.backups().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        worker.close();
    }

    @Test
    @DisplayName("I3 B4 an engine closed in the middle of an export hands the job on, and another finishes it")
    void closedDuringExport() {
        AtomicBoolean closed = new AtomicBoolean();
        ParixBackup[] closing = new ParixBackup[1];
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {
            if (closed.compareAndSet(false, true)) {
                closing[0].close();
            }
        });
        closing[0] = engine.engine(engine.catalog, hooked, first, 99).start();
        Backup asked = ask(closing[0]);
        while (first.runNext()) {
            assertThat(closed).isTrue();
        }

        Backup handedOn = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(handedOn.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(handedOn.progress().waitsFor().orElseThrow()).contains("closing");
        engine.clock.advance(Duration.ofMillis(1));
        second.tick();
        second.runUntilQuiet();

        assertThat(engine.parix.backups().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.unowned()).isEmpty();
    }

    private static Backup ask(ParixBackup engine) {
        return ((BackupAnswer.Accepted) engine.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
    }
}
