package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.ScheduledEngine.MONDAY;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.MissedRuns;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A schedule that is paused or changed while a run of it is due and no node has dealt with that yet. */
class ScheduleGivenUpTest {
    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("G3 G4 a run that is due when its schedule is paused does not come any more, and counts as missed")
    void paused() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T10:00:00Z");

        ScheduleCard card = node.schedules().pause(DATABASE, ACTOR);

        assertThat(card.missedRuns()).contains(new MissedRuns(1, MONDAY));
        assertThat(card.lastRun().orElseThrow().outcome()).isEqualTo(new RunOutcome.Missed());
        assertThat(node.card()).isEqualTo(card);
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).hasSize(1);
        assertThat(node.schedules().resume(DATABASE, ACTOR).nextRun())
                .contains(run("2026-11-24", "2026-11-24T10:00:00Z"));
        engine.dispatcher.tick();
        assertThat(node.runs()).isEmpty();
    }

    @Test
    @DisplayName("G3 a schedule that is paused before its run is due has missed none, nor has one whose run was made")
    void pausedInTime() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T09:59:59.999999Z");
        assertThat(node.schedules().pause(DATABASE, ACTOR).missedRuns()).isEmpty();
        node.schedules().resume(DATABASE, ACTOR);
        node.at("2026-11-23T10:00:00Z");

        ScheduleCard card = node.schedules().pause(DATABASE, ACTOR);

        assertThat(card.missedRuns()).isEmpty();
        assertThat(card.lastRun().orElseThrow().outcome()).isInstanceOf(RunOutcome.Started.class);
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).isEmpty();
    }

    @Test
    @DisplayName("G4 every run of a downtime counts as missed when the schedule is paused before a node looks")
    void pausedAfterADowntime() {
        node.set("10:00", "UTC");
        passTo("2026-11-25T12:00:00Z");

        assertThat(node.schedules().pause(DATABASE, ACTOR).missedRuns())
                .contains(new MissedRuns(3, MONDAY.plusDays(2)));
    }

    @Test
    @DisplayName(
            "G4 J1 of the runs that are due when the schedule is removed listeners hear that they were missed, once")
    void removed() {
        node.set("10:00", "UTC");
        passTo("2026-11-25T12:00:00Z");

        node.schedules().remove(DATABASE, ACTOR);
        node.schedules().remove(DATABASE, ACTOR);

        assertThat(node.schedules().card(DATABASE)).isEmpty();
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).hasSize(1);
        engine.dispatcher.tick();
        assertThat(node.runs()).isEmpty();
    }

    @Test
    @DisplayName(
            "G4 a schedule that is removed before its run is due has missed none, nor has one whose runs were paused")
    void removedInTime() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T09:59:59.999999Z");
        node.schedules().remove(DATABASE, ACTOR);
        node.set("10:00", "UTC");
        node.schedules().pause(DATABASE, ACTOR);
        passTo("2026-11-25T12:00:00Z");
        node.schedules().remove(DATABASE, ACTOR);

        assertThat(node.schedules().card(DATABASE)).isEmpty();
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).isEmpty();
    }

    @Test
    @DisplayName("G4 G6 a run that is due when the cadence is changed to an earlier time counts as missed")
    void changedToEarlier() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T10:00:00Z");

        ScheduleCard card = node.set("09:00", "UTC");

        assertThat(card.nextRun()).contains(run("2026-11-24", "2026-11-24T09:00:00Z"));
        assertThat(card.missedRuns()).contains(new MissedRuns(1, MONDAY));
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).hasSize(1);
    }

    @Test
    @DisplayName(
            "G4 of a downtime after which the cadence is changed to an earlier time, every run counts as missed, once")
    void changedToEarlierAfterADowntime() {
        node.set("10:00", "UTC");
        passTo("2026-11-25T12:00:00Z");

        ScheduleCard card = node.set("09:00", "Europe/Berlin");

        assertThat(card.nextRun()).contains(run("2026-11-26", "2026-11-26T08:00:00Z"));
        assertThat(card.missedRuns()).contains(new MissedRuns(3, MONDAY.plusDays(2)));
        assertThat(node.set("08:00", "UTC").missedRuns()).isEqualTo(card.missedRuns());
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED)).hasSize(1);
    }

    @Test
    @DisplayName(
            "G2 G4 changed to a later time of the day, the due run moves there and is not missed; those before are")
    void changedToLater() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T10:00:00Z");
        ScheduleCard card = node.set("14:00", "UTC");
        assertThat(card.nextRun()).contains(run("2026-11-23", "2026-11-23T14:00:00Z"));
        assertThat(card.missedRuns()).isEmpty();
        assertThat(card.lastRun()).isEmpty();

        passTo("2026-11-24T15:00:00Z");

        assertThat(node.set("16:00", "UTC").missedRuns()).contains(new MissedRuns(1, MONDAY));
        node.at("2026-11-24T16:00:00Z");
        assertThat(node.runsAt()).containsExactly(Instant.parse("2026-11-24T16:00:00Z"));
    }

    @Test
    @DisplayName("G4 the same cadence again leaves the due run to be made")
    void same() {
        node.set("10:00", "UTC");
        passTo("2026-11-23T10:00:00Z");
        assertThat(node.set("10:00", "UTC").missedRuns()).isEmpty();
        node.at("2026-11-23T10:00:01Z");
        assertThat(node.runs()).hasSize(1);
    }

    /** Nobody looks for due runs meanwhile. */
    private void passTo(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
    }
}
