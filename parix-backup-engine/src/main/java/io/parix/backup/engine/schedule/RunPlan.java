package io.parix.backup.engine.schedule;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.schedule.DueRuns;
import io.parix.backup.core.schedule.RunCalendar;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import io.parix.backup.engine.settings.ScheduleLimits;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import java.time.Instant;
import java.time.LocalDate;

/** Which runs a database's schedule has, by the settings of this process. Safe for concurrent calls. */
record RunPlan(Catalog catalog, ScheduleLimits limits) {
    /** Names the run of a date on every node: its job's idempotency key, so that no date has two. */
    static String key(LocalDate day) {
        return "parix-run-" + day;
    }

    /**
     * The first run after now of a date that has not had its run. A schedule that was removed and made anew does not know its
     * last run any more, but the run's job is still there.
     */
    ScheduledRun next(DatabaseId database, ScheduleState state) {
        Instant now = catalog.now();
        LocalDate today = LocalDate.ofInstant(now, state.cadence().zone());
        return calendar(state.cadence(), database)
                .after(
                        now,
                        day -> state.hasHad(day, today)
                                || catalog.keyed(database, JobKind.BACKUP, key(day))
                                        .isPresent());
    }

    /** Whether a schedule awaits a run that may come: none while it is paused, nor one that a clock that was ahead computed. */
    boolean awaits(ScheduleState state) {
        return state.awaited()
                .filter(run -> ScheduledRun.canBeNext(run.at(), catalog.now()))
                .isPresent();
    }

    DueRuns due(DatabaseId database, ScheduleState state, ScheduledRun awaited, Instant now) {
        return DueRuns.at(calendar(state.cadence(), database), awaited, now, limits.grace());
    }

    /** The schedule as it shall be, with what came due of the schedule as it is and is not made any more. */
    ScheduleState givingUp(DatabaseId database, ScheduleState there, ScheduleState next) {
        return there.awaited()
                .filter(awaited -> !next.awaited().equals(there.awaited()))
                .flatMap(awaited ->
                        DueRuns.givenUp(calendar(there.cadence(), database), awaited, catalog.now(), next.next()))
                .map(next::missing)
                .orElse(next);
    }

    private RunCalendar calendar(Cadence cadence, DatabaseId database) {
        return RunCalendar.of(cadence, database, limits.spread());
    }
}
