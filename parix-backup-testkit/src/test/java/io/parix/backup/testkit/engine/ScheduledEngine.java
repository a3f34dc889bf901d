package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.Cadence;
import io.parix.backup.LastRun;
import io.parix.backup.NextRun;
import io.parix.backup.Report;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Schedules;
import io.parix.backup.Trigger;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.EngineSettingsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An engine whose runs are due at the minute that their cadence says, on Monday 2026-11-23, nine o'clock UTC. */
final class ScheduledEngine implements AutoCloseable {
    static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    final EngineFixture engine;

    ScheduledEngine() {
        this(EngineSettings.builder());
    }

    ScheduledEngine(EngineSettingsBuilder settings) {
        engine = new EngineFixture(settings.spread(Duration.ZERO));
    }

    Schedules schedules() {
        return engine.parix.schedules();
    }

    ScheduleCard set(String at, String zone) {
        return schedules().set(DATABASE, Cadence.daily(at, zone), ACTOR);
    }

    ScheduleCard card() {
        return schedules().card(DATABASE).orElseThrow();
    }

    /** Lets it become this time, the poller look, and everything run that it begins. */
    void at(String instant) {
        look(instant);
        engine.dispatcher.runUntilQuiet();
    }

    /** Lets it become this time, and the poller look; what it begins stays queued. */
    void look(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
        engine.dispatcher.tick();
    }

    /** The scheduled backups, the oldest first. */
    List<Backup> runs() {
        List<Backup> found = new ArrayList<>(engine.parix.backups().history(DATABASE, 100).stream()
                .filter(backup -> backup.trigger() == Trigger.SCHEDULED)
                .toList());
        Collections.reverse(found);
        return found;
    }

    List<Instant> runsAt() {
        return runs().stream().map(Backup::requestedAt).toList();
    }

    NextRun next() {
        return card().nextRun().orElseThrow();
    }

    LastRun last() {
        return card().lastRun().orElseThrow();
    }

    /** The codes of what speaks against the last run. */
    List<String> reasons() {
        Report report = ((RunOutcome.Skipped) last().outcome()).report();
        return report.failures().stream().map(check -> check.code()).toList();
    }

    List<BackupEvent> events(BackupEvent.Kind kind) {
        return engine.events.stream().filter(event -> event.kind() == kind).toList();
    }

    static NextRun run(String day, String at) {
        return new NextRun(LocalDate.parse(day), Instant.parse(at));
    }

    @Override
    public void close() {
        engine.close();
    }
}
