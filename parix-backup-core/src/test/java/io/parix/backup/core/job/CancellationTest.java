package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancellationTest {
    @ParameterizedTest
    @EnumSource(
            value = BackupStep.class,
            names = {"QUEUED", "SNAPSHOTTING", "CAPTURING", "EXPORTING"})
    @DisplayName("B5 before its commit is decided a backup can be cancelled")
    void isCancelled(BackupStep step) {
        Cancellation answer = Samples.backup(step).cancel(new Actor("bea"), LATER);

        assertThat(answer).isInstanceOfSatisfying(Cancellation.Cancelled.class, cancelled -> {
            assertThat(cancelled.job().status()).isEqualTo(JobStatus.FAILED);
            assertThat(cancelled.job().failure().code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(cancelled.job().failure().at()).isEqualTo(LATER);
            assertThat(cancelled.job().failure().message()).contains("by bea", step.code());
            Samples.backup(step).requireMoveTo(cancelled.job());
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = BackupStep.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QUEUED", "SNAPSHOTTING", "CAPTURING", "EXPORTING"})
    @DisplayName("B5 from committing on, and after the end, cancelling answers too late")
    void isTooLateToCancel(BackupStep step) {
        Cancellation answer = Samples.backup(step).cancel(new Actor("bea"), LATER);

        assertThat(answer).isEqualTo(new Cancellation.TooLate(step));
        assertThat(((Cancellation.TooLate) answer).sentence())
                .contains(step.status().ended() ? "already ended" : "it completes");
    }
}
