package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.after;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.fault.EffectLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker falls asleep for an hour in any call, another one takes its job to the end, and it wakes in the middle of it. */
class SleeperTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);
    private final SteppedDispatcher second = engine.dispatcher;

    /** How many calls the last job made of the store, by the log: after the last round, in which nobody slept, all that there are. */
    private int askedOfTheStore;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("B7 B3 a worker that sleeps in any storage call of a backup does no harm when it wakes")
    void inAnyCallOfABackup() {
        int calls = 0;
        while (backupSleptInCall(calls + 1, JobStatus.COMPLETED)) {
            calls++;
        }
        assertThat(calls).isEqualTo(askedOfTheStore);
    }

    @Test
    @DisplayName(
            "B7 B3 a worker that sleeps in any storage call of a backup that fails, its sweep included, does no harm")
    void inAnyCallOfASweep() {
        engine.faults.add(
                fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no")).ending(".idx"));
        int calls = 0;
        while (backupSleptInCall(calls + 1, JobStatus.FAILED)) {
            calls++;
        }
        assertThat(calls).isEqualTo(askedOfTheStore);
        assertThat(engine.archived()).isEmpty();
    }

    /** Whether there was such a call. */
    private boolean backupSleptInCall(int number, JobStatus end) {
        AtomicInteger calls = new AtomicInteger();
        HookedProvider sleepy = new HookedProvider(engine.provider, key -> {})
                .landing()
                .before("putIfAbsent", "get", "stat", "list", "delete");
        sleepy.looking(() -> {
            if (calls.incrementAndGet() == number) {
                sleep();
            }
        });
        ParixBackup worker =
                engine.engine(engine.catalog, sleepy, first, number).start();
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        second.loseAll();
        runAndCount(worker);

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).as("slept in call %d: %s", number, done).isEqualTo(end);
        assertThat(engine.unowned()).as("slept in call %d", number).isEmpty();
        assertThat(engine.host.captured()).as("slept in call %d", number).isEmpty();
        assertThat(engine.catalog.find(asked.id().value()).orElseThrow().claimed())
                .isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        if (end == JobStatus.COMPLETED) {
            assertThat(engine.parix
                            .backups()
                            .verify(done.id(), VerificationLevel.READ_BACK, ACTOR)
                            .passed())
                    .isTrue();
        }
        return calls.get() >= number;
    }

    @Test
    @DisplayName("B7 F5 a worker that sleeps in any storage call of a restore does no harm when it wakes")
    void inAnyCallOfARestore() {
        Backup backup = engine.backup();
        List<byte[]> saved = copies();
        int calls = 0;
        boolean slept = true;
        while (slept) {
            int number = calls + 1;
            AtomicInteger seen = new AtomicInteger();
            HookedProvider sleepy =
                    new HookedProvider(engine.provider, key -> {}).landing().before("get", "stat", "list");
            sleepy.looking(() -> {
                if (seen.incrementAndGet() == number) {
                    sleep();
                }
            });
            restore(backup, saved, engine.engine(engine.catalog, sleepy, first, number));
            slept = seen.get() >= number;
            calls += slept ? 1 : 0;
        }
        assertThat(calls).isEqualTo(askedOfTheStore);
    }

    @ParameterizedTest
    @CsvSource({
        "move",
        "stage",
        "Staging.open",
        "freeSpace",
        "setLength",
        "StagedFile.write",
        "force",
        "StagedFile.read",
        "fenceOld",
        "swap",
        "RestoreHost.start",
        "confirm",
        "RestoreHost.open",
        "RestoreHost.release"
    })
    @DisplayName(
            "B7 F5 F7 a worker that sleeps before any of its calls to the host is refused or harmless when it wakes")
    void beforeACallToTheHost(String call) {
        sleptAt(call, MortalCatalog.End.BEFORE_THE_WRITE);
    }

    @ParameterizedTest
    @CsvSource({
        "move",
        "stage",
        "Staging.open",
        "freeSpace",
        "setLength",
        "StagedFile.write",
        "force",
        "StagedFile.read",
        "fenceOld",
        "swap",
        "RestoreHost.start",
        "confirm",
        "RestoreHost.open",
        "RestoreHost.release"
    })
    @DisplayName("B7 F5 F7 a worker that sleeps after any of its calls to the host does no more when it wakes")
    void afterACallToTheHost(String call) {
        sleptAt(call, MortalCatalog.End.AFTER_THE_WRITE);
    }

    private void sleptAt(String call, MortalCatalog.End moment) {
        Backup backup = engine.backup();
        List<byte[]> saved = copies();
        AtomicBoolean slept = new AtomicBoolean();
        Runnable once = () -> {
            slept.set(true);
            sleep();
        };
        engine.faults.add(strike(call, nth(1))
                .with(
                        moment == MortalCatalog.End.BEFORE_THE_WRITE
                                ? before("falls asleep", once)
                                : after("falls asleep", once)));

        restore(backup, saved, engine.engine(engine.catalog, engine.provider, first, 9));

        assertThat(slept).isTrue();
    }

    /** Restores over files that were lost, and expects the restored database to serve, whoever did what. */
    private void restore(Backup backup, List<byte[]> saved, ParixBackup worker) {
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        second.loseAll();
        runAndCount(worker.start());

        Restore done = engine.parix.restores().find(asked.id()).orElseThrow();
        assertThat(done.status()).as("%s", done).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.host.keepsOldFiles(DATABASE)).isFalse();
        assertThat(((DatabaseFacts.Live) engine.host.look(DATABASE)).profile().status())
                .isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.catalog.find(asked.id().value()).orElseThrow().claimed())
                .isEmpty();
    }

    private void runAndCount(ParixBackup worker) {
        long before = engine.faults.log().entries().stream()
                .mapToLong(EffectLog.Entry::number)
                .max()
                .orElse(0);
        first.tick();
        first.runUntilQuiet();
        worker.close();
        EffectLog asked = engine.faults.log().after(before).on(ObjectStore.class);
        assertThat(asked.entries().size()).isBetween(1, EffectLog.LIMIT - 1);
        askedOfTheStore = asked.entries().size();
    }

    private void sleep() {
        engine.clock.advance(HOUR);
        engine.carryOn(second);
    }

    private List<byte[]> copies() {
        return engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }
}
