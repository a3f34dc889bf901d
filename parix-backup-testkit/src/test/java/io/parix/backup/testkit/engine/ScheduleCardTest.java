package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.ScheduledEngine.MONDAY;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.Cadence;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Trigger;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an embedder asks of a schedule. */
class ScheduleCardTest {
    private static final Actor BEA = new Actor("bea");

    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("G1 a database has no schedule until one is set, then one; another database's is its own")
    void oneSchedule() {
        assertThat(node.schedules().card(DATABASE)).isEmpty();

        ScheduleCard made = node.set("10:00", "UTC");

        assertThat(made)
                .isEqualTo(new ScheduleCard(
                        DATABASE,
                        Cadence.daily("10:00", "UTC"),
                        ACTOR,
                        run("2026-11-23", "2026-11-23T10:00:00Z"),
                        null,
                        null,
                        null));
        assertThat(node.card()).isEqualTo(made);
        assertThat(node.schedules().card(new DatabaseId("db-2"))).isEmpty();
        assertThat(node.set("11:00", "UTC").nextRun()).contains(run("2026-11-23", "2026-11-23T11:00:00Z"));
    }

    @Test
    @DisplayName("G6 making a schedule at its very time, or after it, does not fire at once: it runs the day after")
    void makingNeverFires() {
        engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(node.set("10:00", "UTC").nextRun()).contains(run("2026-11-24", "2026-11-24T10:00:00Z"));
        node.at("2026-11-24T09:59:59Z");
        assertThat(node.runs()).isEmpty();
        node.at("2026-11-24T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G6 G1 changed before the run of the day, the day's run moves; changed after it, the next day's does")
    void changingMovesTheRun() {
        node.set("10:00", "UTC");
        assertThat(node.set("14:00", "UTC").nextRun()).contains(run("2026-11-23", "2026-11-23T14:00:00Z"));
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.runs()).isEmpty();
        node.set("12:00", "UTC");
        node.at("2026-11-23T12:00:00Z");
        assertThat(node.runs()).hasSize(1);

        assertThat(node.set("14:00", "UTC").nextRun()).contains(run("2026-11-24", "2026-11-24T14:00:00Z"));

        node.at("2026-11-23T14:00:00Z");
        assertThat(node.runs()).hasSize(1);
        node.at("2026-11-24T14:00:00Z");
        assertThat(node.runs()).hasSize(2);
    }

    @Test
    @DisplayName("G2 a zone further west does not run a local date again that has had its run")
    void furtherWest() {
        node.set("20:00", "Asia/Tokyo");
        node.at("2026-11-23T11:00:00Z");
        assertThat(node.last().day()).isEqualTo(MONDAY);

        assertThat(node.set("20:00", "America/Los_Angeles").nextRun())
                .contains(run("2026-11-24", "2026-11-25T04:00:00Z"));
    }

    @Test
    @DisplayName("G1 a schedule that is removed and made again does not run a date again that has had its run")
    void madeAgain() {
        node.set("10:00", "UTC");
        node.at("2026-11-23T10:00:00Z");

        node.schedules().remove(DATABASE, ACTOR);

        assertThat(node.schedules().card(DATABASE)).isEmpty();
        assertThat(node.set("14:00", "UTC").nextRun()).contains(run("2026-11-24", "2026-11-24T14:00:00Z"));
        node.schedules().remove(DATABASE, ACTOR);
        node.at("2026-11-25T14:00:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.set("15:00", "UTC").nextRun()).contains(run("2026-11-25", "2026-11-25T15:00:00Z"));
    }

    @Test
    @DisplayName(
            "G1 the same cadence again leaves the next run where it is, also one that is due; the actor is the last one")
    void sameAgain() {
        node.set("10:00", "UTC");
        engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:30Z"));

        ScheduleCard same = node.schedules().set(DATABASE, Cadence.daily("10:00", "UTC"), BEA);

        assertThat(same.nextRun()).contains(run("2026-11-23", "2026-11-23T10:00:00Z"));
        node.at("2026-11-23T10:00:30Z");
        assertThat(node.runs()).extracting(Backup::actor).containsExactly(BEA);
    }

    @Test
    @DisplayName(
            "G3 a paused schedule has no next run and runs nothing; resumed, it runs from then on, without a burst")
    void pauses() {
        node.set("10:00", "UTC");
        ScheduleCard paused = node.schedules().pause(DATABASE, ACTOR);
        assertThat(paused.paused()).isTrue();
        assertThat(paused.nextRun()).isEmpty();
        node.at("2026-11-23T10:00:00Z");
        node.at("2026-11-26T10:00:01Z");
        assertThat(node.runs()).isEmpty();

        ScheduleCard resumed = node.schedules().resume(DATABASE, ACTOR);

        assertThat(resumed.nextRun()).contains(run("2026-11-27", "2026-11-27T10:00:00Z"));
        assertThat(resumed.missedRuns()).isEmpty();
        node.at("2026-11-27T09:59:59Z");
        assertThat(node.runs()).isEmpty();
        node.at("2026-11-27T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.card().missedRuns()).isEmpty();
    }

    @Test
    @DisplayName("G6 resuming at the very time of a run does not fire at once, a moment before it the run comes")
    void resumingNeverFires() {
        node.set("10:00", "UTC");
        node.schedules().pause(DATABASE, ACTOR);
        engine.clock.advanceTo(Instant.parse("2026-11-23T09:59:59.999999Z"));
        assertThat(node.schedules().resume(DATABASE, ACTOR).nextRun())
                .contains(run("2026-11-23", "2026-11-23T10:00:00Z"));
        node.schedules().pause(DATABASE, ACTOR);
        engine.clock.advanceTo(Instant.parse("2026-11-23T10:00:00Z"));

        assertThat(node.schedules().resume(DATABASE, ACTOR).nextRun())
                .contains(run("2026-11-24", "2026-11-24T10:00:00Z"));

        node.at("2026-11-23T10:00:01Z");
        assertThat(node.runs()).isEmpty();
    }

    @Test
    @DisplayName("G3 pausing and resuming twice is once, and on the day of a run there is no second one")
    void twice() {
        node.set("10:00", "UTC");
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.schedules().pause(DATABASE, ACTOR))
                .isEqualTo(node.schedules().pause(DATABASE, ACTOR));
        assertThat(node.set("14:00", "UTC").paused()).isTrue();

        ScheduleCard resumed = node.schedules().resume(DATABASE, ACTOR);

        assertThat(node.schedules().resume(DATABASE, ACTOR)).isEqualTo(resumed);
        assertThat(resumed.nextRun()).contains(run("2026-11-24", "2026-11-24T14:00:00Z"));
        assertThat(resumed.lastRun()).isPresent();
    }

    @Test
    @DisplayName(
            "G3 run now makes a scheduled backup at once, moves neither the next nor the last run, and may be repeated")
    void runNow() {
        node.set("10:00", "UTC");

        BackupAnswer answer = node.schedules().runNow(DATABASE, BEA);

        Backup asked = ((BackupAnswer.Accepted) answer).backup();
        assertThat(asked.trigger()).isEqualTo(Trigger.SCHEDULED);
        assertThat(asked.actor()).isEqualTo(BEA);
        assertThat(node.next()).isEqualTo(run("2026-11-23", "2026-11-23T10:00:00Z"));
        assertThat(node.card().lastRun()).isEmpty();
        engine.dispatcher.runUntilQuiet();
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.runs()).hasSize(2);
        assertThat(node.last().outcome()).isInstanceOf(RunOutcome.Started.class);
        assertThat(node.schedules().runNow(DATABASE, BEA)).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("G3 A3 run now is refused with the reasons of a request, and allowed while the schedule is paused")
    void runNowRefused() {
        node.set("10:00", "UTC");
        node.schedules().pause(DATABASE, ACTOR);
        assertThat(node.schedules().runNow(DATABASE, ACTOR)).isInstanceOf(BackupAnswer.Accepted.class);
        assertThat(codes(node.schedules().runNow(DATABASE, ACTOR))).containsExactly("workflow-active");
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.REQUEST_BACKUP;
        assertThat(codes(node.schedules().runNow(DATABASE, ACTOR))).contains("not-permitted");
        assertThat(node.card().paused()).isTrue();
    }

    @Test
    @DisplayName("G1 what needs a schedule is refused by code where there is none; removing nothing does nothing")
    void none() {
        assertFails(ErrorCode.NOT_FOUND, () -> node.schedules().pause(DATABASE, ACTOR));
        assertFails(ErrorCode.NOT_FOUND, () -> node.schedules().resume(DATABASE, ACTOR));
        assertFails(ErrorCode.NOT_FOUND, () -> node.schedules().runNow(DATABASE, ACTOR));
        node.schedules().remove(DATABASE, ACTOR);
        assertThat(node.schedules().card(DATABASE)).isEqualTo(Optional.empty());
        assertThat(engine.parix.backups().history(DATABASE, 10)).isEmpty();
    }

    @Test
    @DisplayName(
            "G1 a database that the host does not know, or that is deleted, gets no schedule; the card still answers")
    void notLive() {
        DatabaseId stranger = new DatabaseId("nobody");
        assertFails(
                ErrorCode.DATABASE_UNKNOWN, () -> node.schedules().set(stranger, Cadence.daily("10:00", "UTC"), ACTOR));
        assertThat(node.schedules().card(stranger)).isEmpty();
        node.set("10:00", "UTC");
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));

        assertFails(ErrorCode.DATABASE_DELETED, () -> node.set("11:00", "UTC"));
        assertThat(node.card().nextRun()).isEmpty();
        assertThat(codes(node.schedules().runNow(DATABASE, ACTOR))).contains("database-deleted");
        assertThat(node.schedules().pause(DATABASE, ACTOR).paused()).isTrue();
        assertFails(ErrorCode.DATABASE_DELETED, () -> node.schedules().resume(DATABASE, ACTOR));
        node.schedules().remove(DATABASE, ACTOR);
        assertThat(node.schedules().card(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName(
            "G1 H2 the card of a deleted database shows no next run; of one that nobody can tell of, or that is back, it does")
    void deletedHasNoNextRun() {
        node.set("10:00", "UTC");
        Instant now = engine.clock.instant();

        engine.host.say(DATABASE, new DatabaseFacts.Deleted(now));
        assertThat(node.card().nextRun()).isEmpty();
        assertThat(engine.parix
                        .backupsPage()
                        .page(PageFixture.request())
                        .automatic()
                        .card())
                .contains(node.card());

        engine.host.say(DATABASE, new DatabaseFacts.Unknown("no answer"));
        assertThat(node.card().nextRun()).contains(run("2026-11-23", "2026-11-23T10:00:00Z"));
        engine.host.say(DATABASE, new DatabaseFacts.Live(EngineFixture.profile()));
        assertThat(node.card().nextRun()).contains(run("2026-11-23", "2026-11-23T10:00:00Z"));
    }

    @Test
    @DisplayName("G1 who may not change schedules changes none, and may look; who may not request backups may")
    void denied() {
        node.set("10:00", "UTC");
        ScheduleCard before = node.card();
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.CHANGE_SCHEDULE;

        assertFails(ErrorCode.NOT_PERMITTED, () -> node.set("11:00", "UTC"));
        assertFails(ErrorCode.NOT_PERMITTED, () -> node.schedules().pause(DATABASE, ACTOR));
        assertFails(ErrorCode.NOT_PERMITTED, () -> node.schedules().resume(DATABASE, ACTOR));
        assertFails(ErrorCode.NOT_PERMITTED, () -> node.schedules().remove(DATABASE, ACTOR));
        assertThat(node.card()).isEqualTo(before);
        engine.access = (actor, action, database) -> action == AccessPolicy.Action.CHANGE_SCHEDULE;
        assertThat(node.set("11:00", "UTC").nextRun()).isPresent();
    }

    @Test
    @DisplayName(
            "G6 a zone the runtime does not know, and a time that no day has, are refused before anything is saved")
    void unknownZone() {
        for (List<String> wrong : List.of(
                List.of("10:00", "Europe/Atlantis"),
                List.of("25:00", "UTC"),
                List.of("10:00:30", "UTC"),
                List.of("", "UTC"),
                List.of("10:00", ""))) {
            assertThatThrownBy(() -> node.set(wrong.get(0), wrong.get(1)))
                    .as("%s", wrong)
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThat(node.schedules().card(DATABASE)).isEmpty();
        assertThat(node.set("23:59", "Europe/Berlin").nextRun()).isPresent();
    }

    private static List<String> codes(BackupAnswer answer) {
        return ((BackupAnswer.Refused) answer)
                .report().failures().stream().map(Check::code).toList();
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
