package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.FAILURE;
import static io.parix.backup.core.job.Samples.LATER;
import static io.parix.backup.core.job.Samples.NOON;
import static io.parix.backup.core.job.Samples.RESTORE_RUN;
import static io.parix.backup.core.job.Samples.STUCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.core.job.RestoreJob.Completed;
import io.parix.backup.core.job.RestoreJob.Confirming;
import io.parix.backup.core.job.RestoreJob.FencingOld;
import io.parix.backup.core.job.RestoreJob.Irreversible;
import io.parix.backup.core.job.RestoreJob.Moving;
import io.parix.backup.core.job.RestoreJob.NeedsOperator;
import io.parix.backup.core.job.RestoreJob.Opening;
import io.parix.backup.core.job.RestoreJob.Queued;
import io.parix.backup.core.job.RestoreJob.Releasing;
import io.parix.backup.core.job.RestoreJob.Reversible;
import io.parix.backup.core.job.RestoreJob.Staging;
import io.parix.backup.core.job.RestoreJob.Starting;
import io.parix.backup.core.job.RestoreJob.Swapping;
import io.parix.backup.core.job.RestoreJob.UndoFencing;
import io.parix.backup.core.job.RestoreJob.UndoMoving;
import io.parix.backup.core.job.RestoreJob.UndoSwapping;
import io.parix.backup.core.job.RestoreJob.Undone;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreMovesTest {
    private final Set<Move> taken = new HashSet<>();

    /** Notes a move and that the guard at the door of the catalog lets it pass. */
    private <T extends RestoreJob> T taken(String name, RestoreJob from, T to) {
        from.requireMoveTo(to);
        taken.add(new Move(from.step(), name, to.step()));
        return to;
    }

    @AfterAll
    void everyDeclaredMoveWasTaken() {
        assertThat(taken).as("moves taken by the tests of this class").isEqualTo(Move.ofRestores());
    }

    @Test
    @DisplayName("F3 F4 F7 a restore moves, stages, fences, swaps, starts, confirms, opens and releases, in this order")
    void completes() {
        Queued queued = new Queued(Samples.restoreHeader("r1"));
        Moving moving = taken("claimed", queued, queued.claimed(RESTORE_RUN));
        Staging staging = taken("moved", moving, moving.moved());
        FencingOld fencing = taken("staged", staging, staging.staged());
        Swapping swapping = taken("fenced", fencing, fencing.fenced());
        Starting starting = taken("swapped", swapping, swapping.swapped());
        Confirming confirming = taken("started", starting, starting.started());
        Opening opening = taken("confirmed", confirming, confirming.confirmed());
        Releasing releasing = taken("opened", opening, opening.opened());
        Completed completed = taken("released", releasing, releasing.released(LATER));

        assertThat(completed).isEqualTo(new Completed(Samples.restoreHeader("r1"), RESTORE_RUN, LATER));
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("F2 a restore that is no longer eligible at its start ends without having touched anything")
    void failsInTheQueue() {
        Queued queued = new Queued(Samples.restoreHeader("r1"));

        assertThat(taken("fail", queued, queued.fail(FAILURE)).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    @DisplayName("F5 going back fences the restored replicas, swaps the old files in and moves the profile, then fails")
    void goesBack() {
        Confirming confirming = (Confirming) Samples.restore(RestoreStep.CONFIRMING);
        UndoFencing fencing = taken("fail", confirming, confirming.fail(FAILURE));
        UndoSwapping swapping = taken("fenced", fencing, fencing.fenced());
        UndoMoving moving = taken("swappedBack", swapping, swapping.swappedBack());
        Undone undone = taken("movedBack", moving, moving.movedBack());

        assertThat(undone.status()).isEqualTo(JobStatus.FAILED);
        assertThat(undone.failure()).isEqualTo(FAILURE);
        assertThat(moving.run().statusBefore()).isEqualTo(DatabaseStatus.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource(RestoreStep.class)
    @DisplayName("F5 a failure goes back up to confirming; from opening on there is no fail(), only an operator")
    void failureLeadsWhereTheTableSays(RestoreStep step) {
        RestoreJob job = Samples.restore(step);
        if (job instanceof Reversible reversible) {
            RestoreJob.Undoing undoing = taken("fail", job, reversible.fail(FAILURE));
            assertThat(step.afterFailure()).contains(undoing.step());
            assertThat(undoing.failure()).isEqualTo(FAILURE);
            assertThat(undoing.status()).isEqualTo(JobStatus.RUNNING);
        } else if (job instanceof Irreversible irreversible) {
            NeedsOperator stuck = taken("needOperator", job, irreversible.needOperator(STUCK));
            assertThat(step.afterFailure()).contains(stuck.step());
            assertThat(stuck.stuckIn()).isEqualTo(step);
            assertThat(stuck.failure()).isEqualTo(STUCK);
            assertThat(stuck.status()).isEqualTo(JobStatus.FAILED);
        } else {
            assertThat(step.afterFailure().isEmpty()).isEqualTo(step != RestoreStep.QUEUED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RestoreStep.class,
            names = {"STARTING", "CONFIRMING"})
    @DisplayName("F5 where a restored replica may have started, going back begins with fencing it")
    void fencesWhatMayHaveStarted(RestoreStep step) {
        assertThat(step.afterFailure()).contains(RestoreStep.UNDO_FENCING);
    }

    @ParameterizedTest
    @EnumSource(
            value = RestoreStep.class,
            names = {"MOVING", "STAGING", "FENCING_OLD"})
    @DisplayName("F4 F7 before the swap, a failure swaps nothing: the live files are as they were")
    void swapsNothingBeforeTheSwap(RestoreStep step) {
        assertThat(step.afterFailure()).contains(RestoreStep.UNDO_MOVING);
    }

    @Test
    @DisplayName("F5 going back that fails says both what it went back for and what stopped it")
    void saysBothFailures() {
        UndoSwapping undoing = (UndoSwapping) Samples.restore(RestoreStep.UNDO_SWAPPING);

        assertThat(undoing.needOperator(STUCK).failures()).containsExactly(FAILURE, STUCK);
    }

    @Test
    @DisplayName("F5 B7 the next worker takes a running restore up where it is, under a higher token only")
    void isTakenOver() {
        for (RestoreStep step : RestoreStep.values()) {
            if (Samples.restore(step) instanceof RestoreJob.Running running) {
                RestoreJob.Running next = taken("takenOver", running, running.takenOver(8));

                assertThat(next.step()).isEqualTo(step);
                assertThat(next.run()).isEqualTo(new RestoreRun(8, NOON, DatabaseStatus.ACTIVE));
                assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> running.takenOver(7));
            }
        }
    }

    static Stream<Arguments> illegalPairs() {
        Set<Move> moves = Move.ofRestores();
        return Arrays.stream(RestoreStep.values())
                .flatMap(from -> Arrays.stream(RestoreStep.values())
                        .filter(to -> moves.stream().noneMatch(m -> m.from() == from && m.to() == to))
                        .map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("illegalPairs")
    @DisplayName("B1 F5 every pair of states that no move connects is refused, naming both")
    void refusesEveryOtherMove(RestoreStep from, RestoreStep to) {
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> Samples.restore(from).requireMoveTo(Samples.restore(to)))
                .withMessageContaining("'" + from.code() + "' to '" + to.code() + "'")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ILLEGAL_MOVE));
    }

    @ParameterizedTest
    @EnumSource(RestoreStep.class)
    @DisplayName("B1 what is refused at run time is exactly what does not compile")
    void tableAndMethodsAgree(RestoreStep step) {
        Set<JobStep> declared = Move.ofRestores().stream()
                .filter(move -> move.from() == step)
                .map(Move::to)
                .collect(Collectors.toSet());

        assertThat(Set.<JobStep>copyOf(step.next())).isEqualTo(declared);
        assertThat(step.next())
                .allSatisfy(to -> assertThat(StatusMoves.legal(step.status(), to.status()))
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource(RestoreStep.class)
    @DisplayName("F5 whatever a dead worker left is finished by the next: only an ended restore has nothing to do")
    void everyRunningStepIsRecovered(RestoreStep step) {
        AfterCrash then = step.afterCrash();
        RestoreJob job = Samples.restore(step);
        assertThat(then == AfterCrash.NOTHING).isEqualTo(step.status().ended());
        assertThat(then.mayFail()).isEqualTo(job instanceof Queued || job instanceof RestoreJob.Reversible);
        assertThat(then == AfterCrash.FORWARD_ONLY || then == AfterCrash.UNDO)
                .isEqualTo(job instanceof RestoreJob.Irreversible);
        assertThat(then == AfterCrash.UNDO).isEqualTo(job instanceof RestoreJob.Undoing);
        assertThat(RestoreStep.of(step.code())).isEqualTo(step);
        assertThat(Samples.restore(step).step()).isEqualTo(step);
    }

    @Test
    @DisplayName("B7 F3 a state of a lower token, of another job, with another status to go back to, is refused")
    void refusesWhatGoesBack() {
        Staging staging = new Staging(Samples.restoreHeader("r1"), RESTORE_RUN);
        RestoreRun older = new RestoreRun(6, NOON, DatabaseStatus.ACTIVE);
        RestoreRun elsewhere = new RestoreRun(7, NOON, DatabaseStatus.PROVISIONING);

        refuses(staging, new FencingOld(Samples.restoreHeader("r1"), older), "must not fall");
        refuses(staging, new FencingOld(Samples.restoreHeader("r1"), elsewhere), "status to go back to");
        refuses(staging, new FencingOld(Samples.restoreHeader("r2"), RESTORE_RUN), "another job, r2");
        refuses(
                staging,
                new FencingOld(Samples.restoreHeader("r1"), new RestoreRun(7, LATER, DatabaseStatus.ACTIVE)),
                "the start must not change");
        refuses(staging, staging, "nothing in it has moved");
    }

    private static void refuses(RestoreJob from, RestoreJob to, String fact) {
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> from.requireMoveTo(to))
                .withMessageContaining(fact);
    }

    @Test
    @DisplayName("F5 an operator is needed only where the moves say so, and always for a reason")
    void needsAReason() {
        RestoreHeader header = Samples.restoreHeader("r1");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new NeedsOperator(header, RESTORE_RUN, RestoreStep.STAGING, List.of(STUCK)));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new NeedsOperator(header, RESTORE_RUN, RestoreStep.OPENING, List.of()));
    }
}
