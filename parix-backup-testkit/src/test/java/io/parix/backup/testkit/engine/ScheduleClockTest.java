package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.engine.ScheduledEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.ScheduleCard;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A catalog's clock that is a year ahead for one look, and what is left of that once it is right again. */
class ScheduleClockTest {
    private final EngineFixture engine =
            new EngineFixture(EngineSettings.builder().spread(Duration.ZERO));
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InMemoryCatalog catalog =
            new InMemoryCatalog(() -> engine.clock.instant().plus(ahead.get()), "0".repeat(32));
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private final ParixBackup parix =
            engine.engine(catalog, engine.provider, dispatcher, 8).start();

    @BeforeEach
    void aYearAheadForOneLook() {
        set("10:00");
        ahead.set(Duration.ofDays(365));
        dispatcher.tick();
        dispatcher.runUntilQuiet();
        ahead.set(Duration.ZERO);
        engine.clock.advanceTo(Instant.parse("2026-11-24T09:00:00Z"));
    }

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private void at(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    private ScheduleCard set(String at) {
        return parix.schedules().set(DATABASE, Cadence.daily(at, "UTC"), ACTOR);
    }

    private List<String> failures() {
        return codes(parix.backupsPage().protection(DATABASE).report().failures());
    }

    @Test
    @DisplayName(
            "J2 a next run that is further away than any can be breaks the promise, until the schedule is set again")
    void protection() {
        assertThat(failures()).contains("next-run-too-far");

        set("10:00");

        assertThat(failures()).doesNotContain("next-run-too-far");
    }

    @Test
    @DisplayName("G2 G4 J2 a next run that is further away than any can be is planned anew at the next look, and comes")
    void plannedAnew() {
        int before = parix.backups().history(DATABASE, 100).size();

        dispatcher.tick();

        assertThat(parix.schedules().card(DATABASE).orElseThrow().nextRun())
                .contains(run("2026-11-24", "2026-11-24T10:00:00Z"));
        assertThat(failures()).doesNotContain("next-run-too-far");
        assertThat(parix.backups().history(DATABASE, 100)).hasSize(before);
        at("2026-11-24T10:00:00Z");
        assertThat(parix.backups().history(DATABASE, 100)).hasSize(before + 1);
    }

    @Test
    @DisplayName("H3 a clean-up that looked by that clock is looked at again at once, and then in its usual time")
    void cleanUp() {
        backup();
        ahead.set(Duration.ofDays(365));
        dispatcher.tick();
        ahead.set(Duration.ZERO);
        assertThat(cleanUpDue()).isAfter(engine.clock.instant().plus(Duration.ofDays(300)));

        dispatcher.tick();

        assertThat(cleanUpDue())
                .isBetween(engine.clock.instant(), engine.clock.instant().plus(Duration.ofHours(6)));
    }

    private void backup() {
        parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        dispatcher.runUntilQuiet();
    }

    private Instant cleanUpDue() {
        return catalog.keyed(DATABASE, JobKind.CLEAN_UP, "clean-up")
                .flatMap(JobRecord::due)
                .orElseThrow();
    }

    @Test
    @DisplayName("J2 a backup that was dated by that clock makes no database protected, one that was made since does")
    void backupOfTheFuture() {
        backup();
        assertThat(failures()).doesNotContain("no-backup");
        ahead.set(Duration.ofDays(-365));

        assertThat(failures()).contains("no-backup");

        backup();
        assertThat(failures()).doesNotContain("no-backup");
        assertThat(parix.backupsPage()
                        .protection(DATABASE)
                        .newestRestorable()
                        .orElseThrow()
                        .backup()
                        .requestedAt())
                .isBefore(engine.clock.instant().minus(Duration.ofDays(300)));
    }

    @Test
    @DisplayName("G2 G4 a schedule that is set again awaits the run of today, and has one a day from there")
    void setAgain() {
        assertThat(set("10:00").nextRun()).contains(run("2026-11-24", "2026-11-24T10:00:00Z"));
        int before = parix.backups().history(DATABASE, 100).size();

        at("2026-11-24T10:00:00Z");
        at("2026-11-25T10:00:00Z");

        assertThat(parix.backups().history(DATABASE, 100)).hasSize(before + 2);
        assertThat(set("12:00").nextRun()).contains(run("2026-11-26", "2026-11-26T12:00:00Z"));
    }

    @Test
    @DisplayName("G3 one that is set to another time, or paused and resumed, awaits a run of these days as well")
    void changed() {
        assertThat(set("11:00").nextRun()).contains(run("2026-11-24", "2026-11-24T11:00:00Z"));

        parix.schedules().pause(DATABASE, ACTOR);

        assertThat(parix.schedules().resume(DATABASE, ACTOR).nextRun())
                .contains(run("2026-11-24", "2026-11-24T11:00:00Z"));
    }
}
