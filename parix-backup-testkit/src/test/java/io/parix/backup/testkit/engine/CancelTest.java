package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.CancelAnswer;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.Capture;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.fault.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancelTest {
    private static final Actor BEA = new Actor("bea");

    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("B5 B1 a queued backup that is cancelled has failed with that code, by whom, and never runs")
    void queued() {
        Backup asked = ask();

        Backup cancelled = ((CancelAnswer.Cancelled) engine.parix.backups().cancel(asked.id(), BEA)).backup();
        engine.dispatcher.runUntilQuiet();

        assertThat(cancelled.status()).isEqualTo(JobStatus.FAILED);
        assertCancelled(asked);
        assertThat(find(asked).failed().orElseThrow().message()).contains("bea", "queued");
        assertThat(engine.asked()).isEmpty();
        assertThat(engine.kinds()).containsExactly(BackupEvent.Kind.BACKUP_REQUESTED, BackupEvent.Kind.BACKUP_FAILED);
        assertThat(engine.events.get(1).failureCode()).contains(ErrorCode.CANCELLED);
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("B5 B3 a backup that waits for its images is cancelled at once, and its images are released")
    void capturing() {
        engine.faults.add(answer("capture", first(1))
                .with(new Capture.Pending("snapshot of replica 1 is pending", Duration.ofHours(1))));
        Backup asked = ask();
        engine.dispatcher.runNext();

        assertThat(engine.parix.backups().cancel(asked.id(), BEA)).isInstanceOf(CancelAnswer.Cancelled.class);

        assertThat(engine.catalog.occupant(DATABASE))
                .as("free before it is swept")
                .isEmpty();
        engine.dispatcher.runNext();
        assertCancelled(asked);
        assertThat(engine.asked()).endsWith("release " + asked.id() + "-1");
        assertThat(find(asked).progress().phase()).isEqualTo("swept");
    }

    @ParameterizedTest
    @ValueSource(strings = {".seg", ".idx"})
    @DisplayName("B5 B3 B7 a backup cancelled while its worker puts an object leaves nothing, though the put lands")
    void exporting(String during) {
        AtomicReference<CancelAnswer> answer = new AtomicReference<>();
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {
                    if (key.endsWith(during) && answer.get() == null) {
                        answer.set(engine.parix.backups().cancel(new BackupId(onlyJob()), BEA));
                        engine.dispatcher.runUntilQuiet();
                    }
                })
                .landing();
        ParixBackup worker = engine.engine(engine.catalog, hooked, first, 99).start();
        Backup asked = ask();
        engine.dispatcher.loseAll();
        first.tick();

        first.runUntilQuiet();

        assertThat(answer.get()).isInstanceOf(CancelAnswer.Cancelled.class);
        assertCancelled(asked);
        worker.close();
    }

    @Test
    @DisplayName("B5 once its commit is decided cancelling answers too late, and the backup completes")
    void committing() {
        engine.faults.add(fail("putIfAbsent", first(1))
                .with(Refusal.refused(ErrorKind.UNAVAILABLE, "503"))
                .ending("manifest.json"));
        Backup asked = ask();
        engine.dispatcher.runNext();
        assertThat(find(asked).progress().phase()).isEqualTo("committing");

        CancelAnswer answer = engine.parix.backups().cancel(asked.id(), BEA);

        assertThat(answer).isInstanceOf(CancelAnswer.TooLate.class);
        assertThat(answer.backup().status()).isEqualTo(JobStatus.RUNNING);
        engine.dispatcher.runUntilQuiet();
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("B5 a backup that has ended stays as it ended, also when it was cancelled before")
    void ended() {
        Backup done = engine.backup();
        Backup asked = ask();
        engine.parix.backups().cancel(asked.id(), BEA);

        assertThat(engine.parix.backups().cancel(done.id(), BEA)).isEqualTo(new CancelAnswer.AlreadyEnded(find(done)));
        assertThat(engine.parix.backups().cancel(asked.id(), ACTOR))
                .isEqualTo(new CancelAnswer.AlreadyEnded(find(asked)));
        assertThat(find(done).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(asked).failed().orElseThrow().message()).contains("bea");
    }

    @Test
    @DisplayName("B5 I4 what is no backup is not found, and whoever may not cancel changes nothing")
    void refused() {
        Restore restore = ((RestoreAnswer.Accepted) engine.requestRestore(engine.backup())).restore();
        assertCode(() -> engine.parix.backups().cancel(new BackupId("nope"), BEA), ErrorCode.NOT_FOUND);
        assertCode(() -> engine.parix.backups().cancel(new BackupId(restore.id().value()), BEA), ErrorCode.NOT_FOUND);
        engine.dispatcher.runUntilQuiet();
        Backup asked = ask();
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.CANCEL_BACKUP;

        assertCode(() -> engine.parix.backups().cancel(asked.id(), BEA), ErrorCode.NOT_PERMITTED);

        assertThat(find(asked).status()).isEqualTo(JobStatus.QUEUED);
    }

    @ParameterizedTest
    @EnumSource(MortalCatalog.End.class)
    @DisplayName(
            "B5 B3 B7 a cancel that races a worker's durable write wins or is too late, never both, and leaves nothing")
    void races(MortalCatalog.End moment) {
        List<String> answers = new ArrayList<>();
        boolean happened = true;
        for (int write = 1; happened; write++) {
            happened = cancelledAt(write, moment, answers);
        }
        assertThat(answers)
                .containsExactlyElementsOf(
                        moment == MortalCatalog.End.BEFORE_THE_WRITE
                                ? List.of("Cancelled", "Cancelled", "Cancelled", "Cancelled", "TooLate", "TooLate")
                                : List.of("Cancelled", "Cancelled", "Cancelled", "TooLate", "TooLate", "AlreadyEnded"));
    }

    private boolean cancelledAt(int write, MortalCatalog.End moment, List<String> answers) {
        Backup asked = ask();
        engine.dispatcher.loseAll();
        HookedCatalog hooked = new HookedCatalog(engine.catalog, write, moment, () -> {
            CancelAnswer answer = engine.parix.backups().cancel(asked.id(), BEA);
            answers.add(answer.getClass().getSimpleName());
            engine.dispatcher.runUntilQuiet();
        });
        ParixBackup worker =
                engine.engine(hooked.view(), engine.provider, first, write).start();
        first.tick();
        first.runUntilQuiet();
        worker.close();

        boolean won = hooked.happened() && answers.get(answers.size() - 1).equals("Cancelled");
        assertThat(find(asked).status()).isEqualTo(won ? JobStatus.FAILED : JobStatus.COMPLETED);
        assertThat(engine.unowned()).as("at write %d", write).isEmpty();
        assertThat(engine.host.captured()).as("at write %d", write).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        if (!won) {
            assertThat(engine.parix
                            .backups()
                            .verify(asked.id(), VerificationLevel.READ_BACK, ACTOR)
                            .passed())
                    .isTrue();
        }
        return hooked.happened();
    }

    private void assertCancelled(Backup asked) {
        Backup now = find(asked);
        assertThat(now.status()).isEqualTo(JobStatus.FAILED);
        assertThat(now.failed().orElseThrow().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.host.captured()).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private String onlyJob() {
        return engine.parix.backups().history(DATABASE, 1).get(0).id().value();
    }

    private Backup ask() {
        return ((BackupAnswer.Accepted) engine.request()).backup();
    }

    private Backup find(Backup backup) {
        return engine.parix.backups().find(backup.id()).orElseThrow();
    }
}
