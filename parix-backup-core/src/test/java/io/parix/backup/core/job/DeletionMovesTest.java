package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.LATER;
import static io.parix.backup.core.job.Samples.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.Deletion;
import io.parix.backup.Hold;
import io.parix.backup.core.job.BackupJob.Completed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A wish that a completed backup be removed, beside what else becomes of it. */
class DeletionMovesTest {
    private final Completed completed = (Completed) Samples.backup(BackupStep.COMPLETED);
    private final Deletion asked = new Deletion(new Actor("ada"), LATER);
    private final Completed going = completed.deleted(asked);

    @Test
    @DisplayName("H6 a deletion is asked for once, and stands whatever else is found out")
    void isAskedForOnce() {
        assertThat(going.deleted(new Deletion(new Actor("bea"), LATER))).isEqualTo(going);
        assertThat(going.verified(WRITTEN).owned().lifted().standing().deletion())
                .isEqualTo(asked);
        assertThat(going.expiring(LATER).backup()).isEqualTo(going);
    }

    @Test
    @DisplayName("H6 a hold takes it back, and on hold none can stand")
    void isTakenBackByAHold() {
        Completed held = going.held(new Hold(Hold.Reason.ASKED, new Actor("bea"), LATER));

        assertThat(held.standing().deletion()).isNull();
        assertThat(held.lifted()).isEqualTo(completed);
        assertThatThrownBy(() -> held.deleted(asked)).hasMessageContaining("on hold");
    }
}
