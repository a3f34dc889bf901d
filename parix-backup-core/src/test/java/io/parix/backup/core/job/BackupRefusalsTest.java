package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.CAPTURED;
import static io.parix.backup.core.job.Samples.CONTENTS;
import static io.parix.backup.core.job.Samples.FAILURE;
import static io.parix.backup.core.job.Samples.INTENT;
import static io.parix.backup.core.job.Samples.LATER;
import static io.parix.backup.core.job.Samples.MANIFEST;
import static io.parix.backup.core.job.Samples.NOON;
import static io.parix.backup.core.job.Samples.RUN;
import static io.parix.backup.core.job.Samples.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parix.backup.ByteSize;
import io.parix.backup.ErrorCode;
import io.parix.backup.core.job.BackupJob.Capturing;
import io.parix.backup.core.job.BackupJob.Committing;
import io.parix.backup.core.job.BackupJob.Completed;
import io.parix.backup.core.job.BackupJob.Completing;
import io.parix.backup.core.job.BackupJob.Exporting;
import io.parix.backup.core.job.BackupJob.Unswept;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a backup never does, and what its rows refuse. */
class BackupRefusalsTest {
    static Stream<Arguments> illegalPairs() {
        return Arrays.stream(BackupStep.values())
                .flatMap(from -> Arrays.stream(BackupStep.values())
                        .filter(to -> Move.ofBackups().stream().noneMatch(m -> m.from() == from && m.to() == to))
                        .map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("illegalPairs")
    @DisplayName("B1 every pair of states that no move connects is refused, naming both")
    void refusesEveryOtherMove(BackupStep from, BackupStep to) {
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> Samples.backup(from).requireMoveTo(Samples.backup(to)))
                .withMessageContaining("'" + from.code() + "' to '" + to.code() + "'")
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.ILLEGAL_MOVE);
                    assertThat(refused.from()).isEqualTo(from);
                    assertThat(refused.to()).isEqualTo(to);
                });
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    @DisplayName("B1 what is refused at run time is exactly what does not compile")
    void tableAndMethodsAgree(BackupStep step) {
        Set<JobStep> declared = Move.ofBackups().stream()
                .filter(move -> move.from() == step)
                .map(Move::to)
                .collect(Collectors.toSet());

        assertThat(Set.<JobStep>copyOf(step.next())).isEqualTo(declared);
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    @DisplayName("B1 the public status moves only queued to running to an end, or queued to failed")
    void statusMovesAsTheRuleSays(BackupStep step) {
        assertThat(step.next())
                .allSatisfy(to -> assertThat(StatusMoves.legal(step.status(), to.status()))
                        .isTrue());
        assertThat(Samples.backup(step).step()).isEqualTo(step);
        assertThat(BackupStep.of(step.code())).isEqualTo(step);
    }

    @ParameterizedTest
    @EnumSource(BackupStep.class)
    @DisplayName("B4 the recovery table is that of the moves: a failure leads where fail() leads")
    void failureLeadsWhereTheMoveLeads(BackupStep step) {
        if (Samples.backup(step) instanceof BackupJob.Revocable revocable) {
            assertThat(step.afterFailure()).contains(revocable.fail(FAILURE).step());
        } else {
            assertThat(step.afterFailure()).isEmpty();
        }
        assertThat(step.afterCrash().mayFail()).isEqualTo(Samples.backup(step) instanceof BackupJob.Revocable);
        assertThat(step.afterCrash() == AfterCrash.SWEEP).isEqualTo(Samples.backup(step) instanceof Unswept);
        boolean nothing = step.afterCrash() == AfterCrash.NOTHING;
        assertThat(nothing).isEqualTo(step.status().ended() && step != BackupStep.UNSWEPT);
    }

    @Test
    @DisplayName("B7 a state of a lower attempt or token, of another job, or that did not move, is refused")
    void refusesWhatGoesBack() {
        BackupRun second = new BackupRun(2, 3, 9, NOON, INTENT);
        Capturing capturing = new Capturing(Samples.backupHeader("b1"), second);

        refuses(capturing, new Capturing(Samples.backupHeader("b1"), RUN), "attempt and fencing token fall");
        refuses(capturing, new Unswept(Samples.backupHeader("b1"), RUN, FAILURE), "attempt and fencing token fall");
        refuses(capturing, capturing, "nothing in it has moved");
        refuses(capturing, new Exporting(Samples.backupHeader("b2"), second, CAPTURED, null), "another job, b2");
        refuses(
                new Exporting(Samples.backupHeader("b1"), second, CAPTURED, null),
                new Capturing(Samples.backupHeader("b1"), second),
                "only under a new attempt");
    }

    @Test
    @DisplayName("B6 B7 a state that forgets what its job began with is refused")
    void refusesWhatForgets() {
        BackupHeader header = Samples.backupHeader("b1");
        Capturing capturing = new Capturing(header, RUN);

        refuses(
                capturing,
                new Exporting(header, new BackupRun(1, 3, 7, LATER, INTENT), CAPTURED, null),
                "the start changes");
        refuses(
                capturing,
                new Unswept(header, new BackupRun(1, 3, 7, NOON, new Intent(List.of("other"))), FAILURE),
                "names of the intent are lost");
        refuses(
                capturing,
                new Exporting(header, new BackupRun(2, 3, 7, NOON, INTENT), CAPTURED, null),
                "a new attempt begins with its images");
    }

    @Test
    @DisplayName("C3 once a commit is decided, another manifest for the same backup is refused")
    void refusesAnotherManifest() {
        BackupHeader header = Samples.backupHeader("b1");
        BackupRun next = new BackupRun(1, 3, 8, NOON, INTENT);
        BackupJob committing = Samples.backup(BackupStep.COMMITTING);
        ManifestBytes other = new ManifestBytes("{\"v\":2}".getBytes(StandardCharsets.UTF_8));
        Contents less = new Contents(
                CONTENTS.manifest(),
                new ExportTotals(ByteSize.ZERO, ByteSize.ZERO, ByteSize.ZERO),
                CONTENTS.replicas(),
                CONTENTS.coherence());

        refuses(committing, new Committing(header, next, CAPTURED, CONTENTS, other), "the manifest differs");
        refuses(committing, new Committing(header, next, CAPTURED, less, MANIFEST), "the contents differ");
        refuses(committing, new Completing(header, next, CAPTURED, less), "the contents differ");
        refuses(
                Samples.backup(BackupStep.COMPLETING),
                new Completed(header, next, CAPTURED, less, LATER, WRITTEN, Standing.MADE_HERE),
                "the contents differ");
        refuses(
                Samples.backup(BackupStep.COMPLETED),
                new Completed(header, next, CAPTURED, less, LATER, WRITTEN, Standing.MADE_HERE),
                "the contents differ");
    }

    private static void refuses(BackupJob from, BackupJob to, String fact) {
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> from.requireMoveTo(to))
                .withMessageContaining(fact);
    }
}
