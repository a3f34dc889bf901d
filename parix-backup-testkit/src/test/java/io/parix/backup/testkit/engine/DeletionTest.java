package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupsPage;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.PageRequest;
import io.parix.backup.PageRow;
import io.parix.backup.Protection;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.VerificationLevel;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Backups that somebody wants removed before their age. */
class DeletionTest {
    private final EngineFixture engine = new EngineFixture();
    private final Backup first = backup();
    private final Backup second = backup();

    @AfterEach
    void close() {
        engine.close();
    }

    private Backup backup() {
        Backup made = engine.backup();
        engine.clock.advance(Duration.ofHours(1));
        return made;
    }

    private void delete(Backup backup) {
        assertThat(engine.parix.backups().delete(backup.id(), ACTOR).toBeDeleted())
                .isPresent();
    }

    /** The next look of the clean-up, at the latest. */
    private void look() {
        engine.clock.advance(engine.settings.retention().cleanUpEvery());
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    private List<BackupId> kept() {
        return engine.parix.backups().history(DATABASE, 100).stream()
                .map(Backup::id)
                .toList();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("H6 H3 H4 it goes at the next look with everything that nothing else needs, and the others are whole")
    void goes() {
        delete(first);
        look();

        assertThat(kept()).containsExactly(second.id());
        assertThat(engine.archived()).noneMatch(key -> key.contains("/backups/" + first.id() + "/"));
        assertThat(engine.unowned()).isEmpty();
        assertThat(engine.parix
                        .backups()
                        .verify(second.id(), VerificationLevel.DATABASE_CHECKED, ACTOR)
                        .passed())
                .isTrue();
        assertThat(engine.kinds())
                .containsSubsequence(BackupEvent.Kind.BACKUP_EXPIRING, BackupEvent.Kind.BACKUP_REMOVED);
    }

    @Test
    @DisplayName("H6 E14 from the moment that it is asked for it is not restored; a hold takes that back")
    void isNotOfferedUntilItIsHeld() {
        delete(first);
        RestoreAnswer answer = engine.requestRestore(first);
        assertThat(((RestoreAnswer.Refused) answer).report().failures())
                .extracting(Check::code)
                .containsExactly("clean-up-due");

        engine.parix.backups().hold(first.id(), ACTOR);
        look();
        engine.parix.backups().lift(first.id(), ACTOR);
        look();

        assertThat(kept()).containsExactly(second.id(), first.id());
        assertThat(engine.parix.backups().find(first.id()).orElseThrow().toBeDeleted())
                .isEmpty();
    }

    @Test
    @DisplayName("H6 on hold it is refused by a code, that backup only, and nothing changed")
    void isRefusedOnHold() {
        Backup held = engine.parix.backups().hold(first.id(), ACTOR);

        refused(ErrorCode.ON_HOLD, () -> engine.parix.backups().delete(first.id(), ACTOR));
        assertThat(engine.parix.backups().find(first.id())).contains(held);
        backup();
        delete(second);
        look();

        assertThat(kept()).hasSize(2).contains(first.id()).doesNotContain(second.id());
    }

    @Test
    @DisplayName("H7 the last restorable one goes when there is a newer one, or its database is no more")
    void theLastWaits() {
        delete(first);
        delete(second);
        look();
        assertThat(kept()).containsExactly(second.id());

        Backup third = backup();
        look();
        assertThat(kept()).containsExactly(third.id());

        delete(third);
        look();
        assertThat(kept()).containsExactly(third.id());
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        look();
        assertThat(kept()).isEmpty();
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("H7 E14 as the last restorable one it is offered still, and the page says what it waits for")
    void theLastIsOffered() {
        delete(first);
        delete(second);

        BackupsPage page = engine.parix.backupsPage();
        List<PageRow> rows =
                page.page(PageRequest.of(DATABASE, ACTOR)).history().rows();
        assertThat(rows).extracting(PageRow::restorable).containsExactly(true, false);
        assertThat(rows)
                .extracting(row -> row.expires().orElseThrow().decision().reason())
                .containsExactly(Reason.LAST_RESTORABLE, Reason.DELETION_ASKED);
        assertThat(newest()).isEqualTo(second.id());
        assertThat(engine.requestRestore(second)).isInstanceOf(RestoreAnswer.Accepted.class);
    }

    private BackupId newest() {
        Protection protection = engine.parix.backupsPage().protection(DATABASE);
        return Objects.requireNonNull(protection.newest()).backup().id();
    }

    @Test
    @DisplayName("J2 H6 the newest one whose deletion was asked for protects nothing, the one before it does")
    void protectionSkipsIt() {
        delete(second);

        assertThat(newest()).isEqualTo(first.id());
        look();
        assertThat(kept()).containsExactly(first.id());
    }

    @Test
    @DisplayName("H6 a hold that comes while clean-up looks keeps what it looks at")
    void heldWhileItLooks() {
        delete(first);
        engine.faults.add(strike("ObjectStore.get", nth(1))
                .with(before("is held", () -> engine.parix.backups().hold(first.id(), ACTOR))));
        look();
        assertThat(kept()).containsExactly(second.id(), first.id());
    }

    @Test
    @DisplayName("H7 a deletion of the newest that comes while clean-up looks keeps the one that was to expire")
    void theNewestIsDeletedWhileItLooks() {
        engine.faults.add(strike("ObjectStore.get", nth(1)).with(before("is deleted", () -> delete(second))));
        engine.clock.advanceTo(Objects.requireNonNull(first.endedAt()).plus(Duration.ofDays(7)));
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
        look();
        assertThat(kept()).containsExactly(first.id());
    }

    @Test
    @DisplayName("F6 H6 a restore that uses it is not disturbed, and it goes afterwards")
    void waitsForARestore() {
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(first)).restore();
        delete(first);
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.parix.restores().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        look();
        assertThat(kept()).containsExactly(second.id());
    }

    @Test
    @DisplayName(
            "H6 what is not there, not completed, being removed, or not the actor's to delete is refused by a code")
    void refusals() {
        refused(ErrorCode.NOT_FOUND, () -> engine.parix.backups().delete(new BackupId("b-none"), ACTOR));
        Backup queued = ((BackupAnswer.Accepted) engine.request()).backup();
        assertThat(queued.status()).isEqualTo(JobStatus.QUEUED);
        refused(ErrorCode.NOT_FOUND, () -> engine.parix.backups().delete(queued.id(), ACTOR));
        engine.dispatcher.runUntilQuiet();
        delete(second);
        Instant tomorrow = engine.clock.instant().plus(Duration.ofDays(1));
        engine.faults.add(strike("ObjectStore.delete").with(keep(locked(tomorrow))));
        look();
        refused(ErrorCode.BACKUP_EXPIRING, () -> engine.parix.backups().delete(second.id(), ACTOR));
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.DELETE_BACKUP;
        refused(ErrorCode.NOT_PERMITTED, () -> engine.parix.backups().delete(first.id(), ACTOR));
        assertThat(engine.parix.backups().find(first.id()).orElseThrow().toBeDeleted())
                .isEmpty();
    }
}
