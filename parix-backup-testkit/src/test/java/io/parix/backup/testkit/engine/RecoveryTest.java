package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.CancelAnswer;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.core.job.AfterCrash;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.JobStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.ErrorKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies in each durable step, its work done and not recorded; the next does what the recovery table says. */
class RecoveryTest {
    private static final List<BackupStep> WAY_OF_A_BACKUP = List.of(
            BackupStep.QUEUED,
            BackupStep.CAPTURING,
            BackupStep.EXPORTING,
            BackupStep.COMMITTING,
            BackupStep.COMPLETING,
            BackupStep.COMPLETED);
    private static final List<BackupStep> WAY_OF_A_FAILED_BACKUP = List.of(BackupStep.UNSWEPT, BackupStep.SWEPT);
    private static final List<RestoreStep> WAY_OF_A_RESTORE = List.of(
            RestoreStep.QUEUED,
            RestoreStep.MOVING,
            RestoreStep.STAGING,
            RestoreStep.FENCING_OLD,
            RestoreStep.SWAPPING,
            RestoreStep.STARTING,
            RestoreStep.CONFIRMING,
            RestoreStep.OPENING,
            RestoreStep.RELEASING,
            RestoreStep.COMPLETED);
    private static final List<RestoreStep> WAY_BACK =
            List.of(RestoreStep.UNDO_FENCING, RestoreStep.UNDO_SWAPPING, RestoreStep.UNDO_MOVING, RestoreStep.UNDONE);

    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);
    private final SteppedDispatcher next = new SteppedDispatcher(engine.clock);
    private final StepCatalog recorded = StepCatalog.immortal(engine.catalog);
    private final ParixBackup nextWorker =
            engine.engine(recorded.view(), engine.provider, next, 5).start();

    @AfterEach
    void close() {
        nextWorker.close();
        engine.close();
    }

    /** There are no volumes here; {@link VolumeSweepTest} kills while there are. */
    static Stream<BackupStep> backups() {
        return Arrays.stream(BackupStep.values())
                .filter(step -> step != BackupStep.SNAPSHOTTING && step.afterCrash() != AfterCrash.NOTHING);
    }

    static Stream<RestoreStep> restores() {
        return Arrays.stream(RestoreStep.values()).filter(step -> step.afterCrash() != AfterCrash.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("backups")
    @DisplayName(
            "B4 B3 after a death in each step of a backup the next worker does what the table says, and nothing else")
    void backup(BackupStep step) {
        if (step == BackupStep.UNSWEPT) {
            engine.faults.add(
                    fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no")).ending(".idx"));
        }
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        dieIn(step, asked.id().value());
        List<String> asksBefore = engine.asked();

        if (step.afterCrash() == AfterCrash.FORWARD_ONLY) {
            assertThat(engine.parix.backups().cancel(asked.id(), ACTOR)).isInstanceOf(CancelAnswer.TooLate.class);
        }
        carryOn();

        assertThat(recorded.stored()).isEqualTo(rest(step, WAY_OF_A_BACKUP, WAY_OF_A_FAILED_BACKUP));
        Backup ended = engine.parix.backups().find(asked.id()).orElseThrow();
        switch (step.afterCrash()) {
            case CLAIM -> assertThat(ended.progress().attempt()).isEqualTo(1);
            case REPEAT -> assertThat(asks(asksBefore.size())).startsWith(last(asksBefore));
            case FORWARD_ONLY -> assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
            case SWEEP -> assertThat(engine.archived()).isEmpty();
            case CONTINUE, UNDO, NOTHING -> throw new AssertionError("no step of a backup, says the table");
        }
        assertThat(ended.status()).isEqualTo(step == BackupStep.UNSWEPT ? JobStatus.FAILED : JobStatus.COMPLETED);
        assertThat(engine.unowned()).isEmpty();
        assertThat(engine.host.captured()).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("restores")
    @DisplayName(
            "F5 B4 after a death in each step of a restore the next worker does what the table says, and nothing else")
    void restore(RestoreStep step) {
        Backup backup = engine.backup();
        List<byte[]> saved = copies();
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());
        List<byte[]> live = copies();
        if (step.afterCrash() == AfterCrash.UNDO) {
            engine.faults.add(answer("confirm", first(1)).with(HostAnswer.failed("no quorum")));
        }
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        int before = engine.faults.calls("get");
        dieIn(step, asked.id().value());
        int fetched = engine.faults.calls("get") - before;
        List<String> asksBefore = engine.asked();

        carryOn();

        assertThat(recorded.stored()).isEqualTo(rest(step, WAY_OF_A_RESTORE, WAY_BACK));
        if (step.afterCrash() == AfterCrash.CONTINUE) {
            assertThat(engine.faults.calls("get") - before - fetched)
                    .as("what is staged is not fetched again")
                    .isLessThan(fetched);
        } else if (step.afterCrash() != AfterCrash.CLAIM) {
            assertThat(asks(asksBefore.size()).get(0)).as("the same ask").isEqualTo(last(asksBefore));
        }
        boolean back = step.afterCrash() == AfterCrash.UNDO;
        assertThat(engine.parix.restores().find(asked.id()).orElseThrow().status())
                .isEqualTo(back ? JobStatus.FAILED : JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(back ? live : saved);
        assertThat(((DatabaseFacts.Live) engine.host.look(DATABASE)).profile().status())
                .isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(engine.host.running(DATABASE)).isTrue();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("B4 F5 the ways that are killed on are all that the table knows")
    void everyStepIsKilled() {
        assertThat(Stream.concat(WAY_OF_A_BACKUP.stream(), WAY_OF_A_FAILED_BACKUP.stream()))
                .containsAll(backups().toList());
        assertThat(Stream.concat(WAY_OF_A_RESTORE.stream(), WAY_BACK.stream()))
                .containsAll(restores().toList());
    }

    private void dieIn(JobStep step, String job) {
        engine.dispatcher.loseAll();
        StepCatalog mortal = new StepCatalog(engine.catalog, step.code());
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, first, 4).start();
        first.tick();
        while (!mortal.dead() && first.runNext()) {
            assertThat(engine.catalog.find(job)).isPresent();
        }
        worker.close();
        assertThat(mortal.dead()).isTrue();
        assertThat(engine.catalog.find(job).orElseThrow().step()).isEqualTo(step.code());
    }

    private void carryOn() {
        engine.carryOn(next);
    }

    /** What is stored on the way after a step. */
    private static List<String> rest(JobStep step, List<? extends JobStep> forward, List<? extends JobStep> other) {
        List<? extends JobStep> way = forward.contains(step) ? forward : other;
        return way.subList(way.indexOf(step) + 1, way.size()).stream()
                .map(JobStep::code)
                .toList();
    }

    private List<String> asks(int from) {
        List<String> log = engine.asked();
        return log.subList(from, log.size());
    }

    private static String last(List<String> log) {
        return log.get(log.size() - 1);
    }

    private List<byte[]> copies() {
        return engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }
}
