package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.CAPTURED;
import static io.parix.backup.core.job.Samples.CONTENTS;
import static io.parix.backup.core.job.Samples.FAILURE;
import static io.parix.backup.core.job.Samples.INTENT;
import static io.parix.backup.core.job.Samples.LATER;
import static io.parix.backup.core.job.Samples.MANIFEST;
import static io.parix.backup.core.job.Samples.MORE;
import static io.parix.backup.core.job.Samples.NOON;
import static io.parix.backup.core.job.Samples.PLANNED;
import static io.parix.backup.core.job.Samples.RUN;
import static io.parix.backup.core.job.Samples.SNAPSHOT_RUN;
import static io.parix.backup.core.job.Samples.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.Deletion;
import io.parix.backup.DrillRecord;
import io.parix.backup.Hold;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.Ownership;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.ReplicaSnapshot.State;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupJob.Capturing;
import io.parix.backup.core.job.BackupJob.Committing;
import io.parix.backup.core.job.BackupJob.Completed;
import io.parix.backup.core.job.BackupJob.Completing;
import io.parix.backup.core.job.BackupJob.Dismissed;
import io.parix.backup.core.job.BackupJob.Exporting;
import io.parix.backup.core.job.BackupJob.Queued;
import io.parix.backup.core.job.BackupJob.Snapshotting;
import io.parix.backup.core.job.BackupJob.Swept;
import io.parix.backup.core.job.BackupJob.Unswept;
import io.parix.backup.core.profile.Profiles;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupMovesTest {
    private final Set<Move> taken = new HashSet<>();

    /** Notes a move and that the guard at the door of the catalog lets it pass. */
    private <T extends BackupJob> T taken(String name, BackupJob from, T to) {
        from.requireMoveTo(to);
        taken.add(new Move(from.step(), name, to.step()));
        return to;
    }

    @AfterAll
    void everyDeclaredMoveWasTaken() {
        assertThat(taken).as("moves taken by the tests of this class").isEqualTo(Move.ofBackups());
    }

    private Exporting exporting() {
        Queued queued = new Queued(Samples.backupHeader("b1"));
        Capturing capturing = taken("claimed", queued, queued.claimed(RUN));
        return taken("captured", capturing, capturing.captured(CAPTURED, null));
    }

    private Completed completed() {
        Exporting exporting = exporting();
        Committing committing = taken("exported", exporting, exporting.exported(CONTENTS, MANIFEST));
        Completing completing = taken("committed", committing, committing.committed());
        return taken("completed", completing, completing.completed(LATER, WRITTEN));
    }

    @Test
    @DisplayName("B1 a backup goes from queued over running to completed, and keeps what each state learnt")
    void completes() {
        Completed completed = completed();

        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed)
                .isEqualTo(new Completed(
                        Samples.backupHeader("b1"), RUN, CAPTURED, CONTENTS, LATER, WRITTEN, Standing.MADE_HERE));
    }

    @Test
    @DisplayName("C10 a completed backup that is looked at again keeps the latest finding, passed or not")
    void isVerifiedAgain() {
        Completed completed = completed();
        Check torn = new Check("C4", "object-corrupt", Check.Outcome.FAIL, "", "", "Segment 3 is corrupt.");
        Verification damaged = new Verification(VerificationLevel.READ_BACK, LATER, new Report(List.of(torn)));

        Completed looked = taken("verified", completed, completed.verified(damaged));

        assertThat(looked.verification()).isEqualTo(damaged);
        assertThat(looked.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "H6 C11 a completed backup is put on hold once, keeps it when looked at again, is taken off, and deleted")
    void isHeldAndLifted() {
        Completed completed = (Completed) Samples.backup(BackupStep.COMPLETED);
        Hold asked = new Hold(Hold.Reason.ASKED, new Actor("ada"), LATER);
        Hold rebuilt = new Hold(Hold.Reason.REBUILT, null, LATER);

        Completed held = taken("held", completed, completed.held(asked));
        Completed lifted = taken("lifted", held, held.lifted());

        assertThat(held.verified(WRITTEN).standing().held()).contains(asked);
        assertThat(held.held(rebuilt)).isEqualTo(held);
        assertThat(lifted).isEqualTo(completed);
        assertThat(lifted.lifted()).isEqualTo(lifted);
        Completed going = taken("deleted", lifted, lifted.deleted(new Deletion(new Actor("ada"), LATER)));
        assertThat(going.standing().deletion()).isNotNull();
    }

    @Test
    @DisplayName(
            "F9 a completed backup keeps the last drill, also held and taken off; one that began earlier changes nothing")
    void isDrilled() {
        Completed completed = (Completed) Samples.backup(BackupStep.COMPLETED);
        DrillRecord first = new DrillRecord(VerificationLevel.DRILLED, LATER, Duration.ofMinutes(7), Report.empty());
        DrillRecord second =
                new DrillRecord(VerificationLevel.DRILLED, LATER.plusSeconds(1), Duration.ofMinutes(7), Report.empty());

        Completed drilled = taken("drilled", completed, completed.drilled(second));

        assertThat(drilled.standing().drill()).isEqualTo(second);
        assertThat(drilled.drilled(first)).isEqualTo(drilled);
        assertThat(completed.drilled(first).drilled(second)).isEqualTo(drilled);
        Completed held = drilled.held(new Hold(Hold.Reason.ASKED, new Actor("ada"), LATER));
        assertThat(held.lifted().owned().verified(WRITTEN).standing().drill()).isEqualTo(second);
    }

    @Test
    @DisplayName("H3 E14 a completed backup begins to expire, and there is no way back")
    void expires() {
        Completed completed = completed();

        BackupJob.Expiring expiring = taken("expiring", completed, completed.expiring(LATER));

        assertThat(expiring.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(expiring.backup()).isEqualTo(completed);
        refuses(expiring, completed, "no such move");
        refuses(expiring, expiring, "no such move");
    }

    @Test
    @DisplayName("H6 C11 a backup that is on hold does not begin to expire, nor does another installation's")
    void keptBackupsDoNotExpire() {
        Completed completed = (Completed) Samples.backup(BackupStep.COMPLETED);
        Completed held = completed.held(new Hold(Hold.Reason.ASKED, new Actor("ada"), LATER));
        Completed theirs = new Completed(
                completed.header(),
                RUN,
                CAPTURED,
                CONTENTS,
                LATER,
                WRITTEN,
                new Standing(Ownership.FOREIGN, null, null, null));

        assertThatThrownBy(() -> held.expiring(LATER)).hasMessageContaining("on hold");
        assertThatThrownBy(() -> theirs.expiring(LATER)).hasMessageContaining("another installation");
        assertThat(held.lifted().expiring(LATER).since()).isEqualTo(LATER);
    }

    @Test
    @DisplayName("H4 C12 an export names the backup that it shares with, and may turn to another one")
    void pins() {
        Capturing capturing = (Capturing) Samples.backup(BackupStep.CAPTURING);
        Exporting first = taken("captured", capturing, capturing.captured(CAPTURED, new BackupId("b7")));

        Exporting other = taken("pinning", first, first.pinning(new BackupId("b6")));

        assertThat(first.pinned()).contains(new BackupId("b7"));
        assertThat(other.pinned()).contains(new BackupId("b6"));
        assertThat(other.takenOver(other.run().fence() + 1).pinned()).contains(new BackupId("b6"));
        refuses(first, first.pinning(new BackupId("b7")), "nothing in it has moved");
    }

    @Test
    @DisplayName("C11 J4 a foreign backup becomes ours with its place, and its hold stays")
    void isOwned() {
        Completed ours = (Completed) Samples.backup(BackupStep.COMPLETED);
        Standing foreign = new Standing(Ownership.FOREIGN, new Hold(Hold.Reason.REBUILT, null, LATER), null, null);
        Completed theirs = new Completed(ours.header(), RUN, CAPTURED, CONTENTS, LATER, WRITTEN, foreign);

        Completed taken = taken("owned", theirs, theirs.owned());

        assertThat(taken.standing()).isEqualTo(new Standing(Ownership.OWN, foreign.hold(), null, null));
    }

    @Test
    @DisplayName("C8 a backup whose verification failed cannot be completed")
    void refusesToCompleteWhatIsDamaged() {
        Check torn = new Check("C4", "object-corrupt", Check.Outcome.FAIL, "", "", "Segment 3 is corrupt.");
        Verification damaged = new Verification(VerificationLevel.WRITTEN, LATER, new Report(List.of(torn)));
        Completing completing = (Completing) Samples.backup(BackupStep.COMPLETING);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> completing.completed(LATER, damaged))
                .withMessageContaining("Segment 3 is corrupt.");
    }

    @Test
    @DisplayName("B3 a job that fails in the queue has nothing to be swept")
    void failsInTheQueue() {
        Queued queued = (Queued) Samples.backup(BackupStep.QUEUED);

        Dismissed failed = taken("fail", queued, queued.fail(FAILURE));

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.failure()).isEqualTo(FAILURE);
    }

    @Test
    @DisplayName("B3 a job that fails while it runs is failed before it is swept, and afterwards still says why")
    void failsWhileRunning() {
        Capturing capturing = (Capturing) Samples.backup(BackupStep.CAPTURING);
        Exporting exporting = exporting();
        taken("fail", capturing, capturing.fail(FAILURE));

        Unswept failed = taken("fail", exporting, exporting.fail(FAILURE));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.run().intent()).isEqualTo(INTENT);

        Swept swept = taken("swept", failed, failed.swept());
        assertThat(swept.status()).isEqualTo(JobStatus.FAILED);
        assertThat(swept.failure()).isEqualTo(FAILURE);
    }

    @Test
    @DisplayName("C6 B6 starting over raises the attempt and keeps every name that an attempt may have created")
    void startsOver() {
        Exporting exporting = exporting();
        Capturing second = taken("startOver", exporting, exporting.startOver(MORE));
        Capturing third = taken("startOver", second, second.startOver(new Intent(List.of("x"))));

        assertThat(second.run().attempt()).isEqualTo(2);
        assertThat(third.run().attempt()).isEqualTo(3);
        assertThat(third.run().intent().names()).containsExactly("db/segments/b1/", "snapshot-b1-2-0", "x");
        assertThat(third.run().startedAt()).isEqualTo(NOON);
    }

    @Test
    @DisplayName(
            "C1 C8 B6 where there are volumes a job watches its snapshots, and completes with all usable or failed")
    void snapshots() {
        Queued queued = (Queued) Samples.backup(BackupStep.QUEUED);
        Snapshotting planned = taken("snapshotting", queued, queued.snapshotting(SNAPSHOT_RUN));
        Snapshots half = PLANNED.with(seen(0, State.CUT)).with(seen(1, State.CUTTING));
        Snapshotting watching = taken("observed", planned, planned.observed(half));
        taken("fail", watching, watching.fail(FAILURE));
        Snapshots cut = half.with(seen(1, State.CUT));
        Capturing capturing = taken("cut", watching, watching.cut(cut));
        Exporting exporting = taken("captured", capturing, capturing.captured(CAPTURED, null));
        Completing completing = exporting.exported(CONTENTS, MANIFEST).committed();

        assertThatThrownBy(() -> completing.completed(LATER, WRITTEN)).hasMessageContaining("not usable");

        Completing late = taken("observed", completing, completing.observed(cut.with(seen(0, State.USABLE))));
        Completing settled =
                late.observed(late.run().volumes().with(seen(1, State.CUT).failed("Lost.")));
        Completed completed = taken("completed", settled, settled.completed(LATER, WRITTEN));
        assertThat(completed.run().volumes().failures())
                .extracting(ReplicaSnapshot::reason)
                .containsExactly("Lost.");
        assertThat(completed.run().intent().snapshots()).containsExactly("s-0", "s-1");
    }

    @Test
    @DisplayName(
            "C2 what the database is can be noted before anything is asked for, and is noted anew for each attempt")
    void notesTheProfile() {
        CapturedProfile profile = CapturedProfile.NONE;
        Queued queued = (Queued) Samples.backup(BackupStep.QUEUED);
        Snapshotting planned = queued.snapshotting(SNAPSHOT_RUN);
        Snapshotting noted = taken("noted", planned, planned.noted(profile));
        Capturing capturing = queued.claimed(RUN);
        Capturing known = taken("noted", capturing, capturing.noted(profile));

        assertThat(planned.run().profile()).isNull();
        assertThat(noted.cut(PLANNED).run().profile()).isEqualTo(profile);
        assertThat(noted.takenOver(noted.run().fence() + 1).run().profile()).isEqualTo(profile);
        assertThat(known.run().profile()).isEqualTo(profile);
        assertThat(known.startOver(MORE).run().profile()).isNull();
        assertThat(known.captured(CAPTURED, null).run()).isEqualTo(RUN);
        refuses(
                known,
                known.noted(CapturedProfile.of(Profiles.LEDGER)),
                "what the database was before it began changes");
    }

    @Test
    @DisplayName(
            "C1 B6 an attempt that starts over has snapshots of its own, and their names are recorded with those before")
    void snapshotsAgain() {
        Exporting exporting = new Exporting(Samples.backupHeader("b1"), SNAPSHOT_RUN, CAPTURED, null);
        Snapshots others = new Snapshots(List.of(ReplicaSnapshot.planned(0, "vol-0", "t-0")));
        Intent more = INTENT.andSnapshots(others.names());

        Snapshotting again = taken("snapshotAgain", exporting, exporting.snapshotAgain(more, others));

        assertThat(again.run().attempt()).isEqualTo(2);
        assertThat(again.run().intent().snapshots()).containsExactly("s-0", "s-1", "t-0");
        assertThat(exporting.startOver(more).run().volumes().isEmpty()).isTrue();
        refuses(exporting, new Snapshotting(exporting.header(), SNAPSHOT_RUN), "only under a new attempt");
        refuses(exporting, new Unswept(exporting.header(), RUN, FAILURE), "names of the intent are lost");
    }

    private static ReplicaSnapshot seen(int replica, State state) {
        return new ReplicaSnapshot(replica, "vol-" + replica, "s-" + replica, state, 43, "", "");
    }

    @Test
    @DisplayName("C6 starting over is bounded: the last attempt has no next")
    void startsOverOnlySoOften() {
        BackupRun last = new BackupRun(3, 3, 7, NOON, INTENT);
        Exporting exporting = new Exporting(Samples.backupHeader("b1"), last, CAPTURED, null);

        assertThat(last.attemptsLeft()).isFalse();
        assertThat(new BackupRun(2, 3, 7, NOON, INTENT).attemptsLeft()).isTrue();
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> exporting.startOver(MORE))
                .withMessageContaining("'exporting' to 'capturing'")
                .withMessageContaining("all 3 attempts are spent");
    }

    @Test
    @DisplayName("B4 B7 the next worker takes a running job up where it is, under a higher token only")
    void isTakenOver() {
        for (BackupStep step : BackupStep.values()) {
            if (Samples.backup(step) instanceof BackupJob.Running running) {
                BackupJob.Running next = taken("takenOver", running, running.takenOver(8));

                assertThat(next.step()).isEqualTo(step);
                assertThat(next.run().fence()).isEqualTo(8);
                assertThat(next.run().attempt()).isEqualTo(1);
                assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> running.takenOver(7));
            }
        }
    }

    private static void refuses(BackupJob from, BackupJob to, String fact) {
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> from.requireMoveTo(to))
                .withMessageContaining(fact);
    }
}
