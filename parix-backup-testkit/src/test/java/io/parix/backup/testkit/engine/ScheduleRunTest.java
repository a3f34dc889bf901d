package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.ScheduledEngine.MONDAY;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.LastRun;
import io.parix.backup.MissedRuns;
import io.parix.backup.RunOutcome;
import io.parix.backup.Trigger;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a run that comes due. */
class ScheduleRunTest {
    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("G1 A5 a run that comes due makes a backup, and the card shows it as it is now; before, nothing runs")
    void runs() {
        node.set("10:00", "UTC");
        node.at("2026-11-23T09:59:59.999Z");
        assertThat(node.runs()).isEmpty();
        assertThat(node.card().lastRun()).isEmpty();

        node.look("2026-11-23T10:00:00Z");

        Backup queued = node.card().lastBackup().orElseThrow();
        assertThat(queued.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(queued.trigger()).isEqualTo(Trigger.SCHEDULED);
        assertThat(queued.actor()).isEqualTo(ACTOR);
        assertThat(node.last())
                .isEqualTo(new LastRun(
                        MONDAY, Instant.parse("2026-11-23T10:00:00Z"), new RunOutcome.Started(queued.id())));
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
        engine.dispatcher.runUntilQuiet();
        assertThat(node.card().lastBackup().map(Backup::status)).contains(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("G2 one run a day, at each date's own time, through the change to summer time and back in Berlin")
    void changesOfTheClock() {
        engine.clock.advanceTo(Instant.parse("2027-03-26T12:00:00Z"));
        node.set("02:30", "Europe/Berlin");
        for (Instant hour = Instant.parse("2027-03-27T00:00:00Z");
                hour.isBefore(Instant.parse("2027-03-29T12:00:00Z"));
                hour = hour.plus(Duration.ofMinutes(30))) {
            node.at(hour.toString());
        }
        assertThat(node.runsAt())
                .containsExactly(
                        Instant.parse("2027-03-27T01:30:00Z"),
                        Instant.parse("2027-03-28T01:00:00Z"),
                        Instant.parse("2027-03-29T00:30:00Z"));
        node.schedules().pause(DATABASE, ACTOR);
        engine.clock.advanceTo(Instant.parse("2027-10-29T12:00:00Z"));
        node.schedules().resume(DATABASE, ACTOR);
        for (Instant hour = Instant.parse("2027-10-30T00:00:00Z");
                hour.isBefore(Instant.parse("2027-11-01T12:00:00Z"));
                hour = hour.plus(Duration.ofMinutes(30))) {
            node.at(hour.toString());
        }
        assertThat(node.runsAt())
                .filteredOn(at -> at.isAfter(Instant.parse("2027-10-29T12:00:00Z")))
                .containsExactly(
                        Instant.parse("2027-10-30T00:30:00Z"),
                        Instant.parse("2027-10-31T00:30:00Z"),
                        Instant.parse("2027-11-01T01:30:00Z"));
    }

    @Test
    @DisplayName("G2 the runs of a fleet are spread over the window, each at the instant that its card shows")
    void spread() {
        try (EngineFixture wide = new EngineFixture(EngineSettings.builder().spread(Duration.ofHours(23)))) {
            Instant due = wide.parix
                    .schedules()
                    .set(DATABASE, Cadence.daily("10:00", "UTC"), ACTOR)
                    .nextRun()
                    .orElseThrow()
                    .at();
            assertThat(due)
                    .isStrictlyBetween(Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-24T09:00:00Z"));
            wide.clock.advanceTo(due.minusMillis(1));
            wide.dispatcher.tick();
            assertThat(wide.parix.backups().history(DATABASE, 10)).isEmpty();
            wide.clock.advanceTo(due);
            wide.dispatcher.tick();
            assertThat(wide.parix.backups().history(DATABASE, 10)).hasSize(1);
        }
    }

    @Test
    @DisplayName("G4 a run younger than the grace period is made up once; one of its age is missed and shown so")
    void grace() {
        node.set("10:00", "UTC");
        node.at("2026-11-23T15:59:59.999Z");
        assertThat(node.last().outcome()).isInstanceOf(RunOutcome.Started.class);
        assertThat(node.runs()).hasSize(1);

        node.at("2026-11-24T16:00:00Z");

        assertThat(node.runs()).hasSize(1);
        assertThat(node.last())
                .isEqualTo(new LastRun(
                        MONDAY.plusDays(1), Instant.parse("2026-11-24T10:00:00Z"), new RunOutcome.Missed()));
        assertThat(node.card().lastBackup()).isEmpty();
        assertThat(node.card().missedRuns()).contains(new MissedRuns(1, MONDAY.plusDays(1)));
        assertThat(node.next()).isEqualTo(run("2026-11-25", "2026-11-25T10:00:00Z"));
    }

    @Test
    @DisplayName(
            "G4 J1 after a year of downtime one run is made up, the others are counted, and one event tells of them")
    void yearOfDowntime() {
        node.set("10:00", "UTC");

        node.at("2027-11-23T11:00:00Z");
        node.at("2027-11-23T12:00:00Z");

        assertThat(node.runs()).hasSize(1);
        assertThat(node.card().missedRuns()).contains(new MissedRuns(365, MONDAY.plusDays(364)));
        assertThat(node.last().day()).isEqualTo(MONDAY.plusDays(365));
        assertThat(node.events(BackupEvent.Kind.RUN_MISSED))
                .extracting(BackupEvent::job)
                .containsExactly("parix-run-2027-11-22");
        node.at("2027-11-24T18:00:00Z");
        assertThat(node.card().missedRuns()).contains(new MissedRuns(366, MONDAY.plusDays(366)));
    }

    @Test
    @DisplayName("G5 J1 a run that cannot start is skipped with its reasons on the card, and the next day's runs")
    void skipped() {
        node.set("10:00", "UTC");
        engine.host.change(DATABASE, p -> Profiles.withStatus(p, DatabaseStatus.PROVISIONING));
        node.at("2026-11-23T10:00:00Z");

        assertThat(node.runs()).isEmpty();
        assertThat(node.reasons()).containsExactly("not-active");
        assertThat(node.last().day()).isEqualTo(MONDAY);
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).singleElement().satisfies(event -> {
            assertThat(event.job()).isEqualTo("parix-run-2026-11-23");
            assertThat(event.database()).isEqualTo(DATABASE);
            assertThat(event.at()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        });
        engine.host.change(DATABASE, p -> Profiles.withStatus(p, DatabaseStatus.ACTIVE));
        node.at("2026-11-23T10:05:00Z");
        assertThat(node.runs()).isEmpty();
        node.at("2026-11-24T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
    }

    @Test
    @DisplayName(
            "G6 a run that comes due while a backup is still going is skipped: overlap, naming it; the next one runs")
    void overlap() {
        node.set("10:00", "UTC");
        Backup going = ((BackupAnswer.Accepted) engine.request()).backup();
        node.look("2026-11-23T10:00:00Z");

        assertThat(node.reasons()).containsExactly("overlap");
        assertThat(((RunOutcome.Skipped) node.last().outcome()).report().reasons())
                .contains(going.id().value());
        engine.dispatcher.runUntilQuiet();
        node.at("2026-11-24T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
        assertThat(node.last().outcome()).isInstanceOf(RunOutcome.Started.class);
    }

    @Test
    @DisplayName("G6 the run before that is still going a day later makes the next one an overlap")
    void overlapOfTheRunBefore() {
        node.set("10:00", "UTC");
        node.look("2026-11-23T10:00:00Z");
        node.look("2026-11-24T10:00:00Z");
        assertThat(node.reasons()).containsExactly("overlap");
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G5 A3 a slot that the host holds is no overlap: its workflow is the reason")
    void hostHoldsTheSlot() {
        node.set("10:00", "UTC");
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-1");
        engine.parix.occupy(DATABASE, resize);
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.reasons()).containsExactly("workflow-active");

        engine.parix.vacate(DATABASE, resize);
        node.at("2026-11-24T10:00:00Z");
        assertThat(node.runs()).hasSize(1);
    }

    @Test
    @DisplayName("G5 H2 a deleted database's run is skipped once, saying so, and no other one is awaited")
    void deleted() {
        node.set("10:00", "UTC");
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(Instant.parse("2026-11-23T09:30:00Z")));
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.reasons()).contains("database-deleted");
        assertThat(node.runs()).isEmpty();
        assertThat(node.card().nextRun()).isEmpty();

        node.at("2026-11-25T10:00:00Z");

        assertThat(node.last().day()).isEqualTo(MONDAY);
        assertThat(node.card().missedRuns()).isEmpty();
        assertThat(node.events(BackupEvent.Kind.RUN_SKIPPED)).hasSize(1);
    }

    @Test
    @DisplayName("G5 G4 a database that the host does not know now is asked for again, and its run made once it does")
    void unknownForAWhile() {
        node.set("10:00", "UTC");
        DatabaseFacts known = engine.host.look(DATABASE);
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("the directory is down"));
        node.at("2026-11-23T10:00:00Z");
        assertThat(node.card().lastRun()).isEmpty();
        engine.host.say(DATABASE, known);
        node.at("2026-11-23T10:04:59Z");
        assertThat(node.runs()).isEmpty();

        node.at("2026-11-23T10:05:00Z");

        assertThat(node.runs()).hasSize(1);
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
    }

    @Test
    @DisplayName("G5 a database that stays unknown until the grace period is over is skipped with that reason")
    void unknownForLong() {
        node.set("10:00", "UTC");
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("the directory is down: " + "x".repeat(200_000)));
        for (Instant at = Instant.parse("2026-11-23T10:00:00Z");
                at.isBefore(Instant.parse("2026-11-23T15:55:00Z"));
                at = at.plus(Duration.ofMinutes(5))) {
            node.at(at.toString());
            assertThat(node.card().lastRun()).isEmpty();
        }
        node.at("2026-11-23T15:55:00Z");
        assertThat(node.reasons()).contains("database-unknown");
        assertThat(node.next()).isEqualTo(run("2026-11-24", "2026-11-24T10:00:00Z"));
    }
}
