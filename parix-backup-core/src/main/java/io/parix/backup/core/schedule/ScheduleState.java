package io.parix.backup.core.schedule;

import io.parix.backup.Actor;
import io.parix.backup.Cadence;
import io.parix.backup.LastRun;
import io.parix.backup.MissedRuns;
import io.parix.backup.RunOutcome;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a schedule (spec G1).
 *
 * @param cadence how often it runs
 * @param setBy who set the cadence, and whom the backups of its runs name
 * @param next the run that is awaited, or null while the schedule is paused
 * @param last the last run that came due, or null when none has
 * @param missed all that were missed, or null when none was
 */
public record ScheduleState(
        Cadence cadence,
        Actor setBy,
        @Nullable ScheduledRun next,
        @Nullable LastRun last,
        @Nullable MissedRuns missed) {
    /** By how many dates the wall clocks of two zones differ at most: they are up to 26 hours apart. */
    private static final int ZONES_APART = 2;

    /**
     * A schedule that was just made, and awaits no run yet.
     *
     * @param cadence how often it runs
     * @param setBy who made it
     * @return the schedule
     */
    public static ScheduleState made(Cadence cadence, Actor setBy) {
        return new ScheduleState(cadence, setBy, null, null, null);
    }

    /** {@return the run that is awaited; empty while the schedule is paused} */
    public Optional<ScheduledRun> awaited() {
        return Optional.ofNullable(next);
    }

    /**
     * Tells whether a date has had its run, whatever became of it. Dates only go up: where a zone further west shows a date
     * again, it has no second run. A last run of a date that no zone shows yet is of no meaning: a clock was ahead.
     *
     * @param day a local date
     * @param today the local date now
     * @return whether no run of it may come any more
     */
    public boolean hasHad(LocalDate day, LocalDate today) {
        return last != null && !last.day().isAfter(today.plusDays(ZONES_APART)) && !day.isAfter(last.day());
    }

    /**
     * Another cadence, or another actor who stands for it. The awaited run is not touched.
     *
     * @param other how often it shall run
     * @param actor who says so
     * @return the schedule
     */
    public ScheduleState with(Cadence other, Actor actor) {
        return new ScheduleState(other, actor, next, last, missed);
    }

    /**
     * Another awaited run.
     *
     * @param run the run, or null to pause
     * @return the schedule
     */
    public ScheduleState awaiting(@Nullable ScheduledRun run) {
        return new ScheduleState(cadence, setBy, run, last, missed);
    }

    /**
     * The schedule once the runs that have come due are dealt with.
     *
     * @param due what has come due
     * @param outcome what became of the run that was to be started; of no meaning where none was
     * @return the schedule, awaiting the next run; this very one when nothing has come due
     */
    public ScheduleState settled(DueRuns due, RunOutcome outcome) {
        Optional<LastRun> lately = due.toStart()
                .map(run -> new LastRun(run.day(), run.at(), outcome))
                .or(() -> due.notMadeUp().map(DueRuns.Missed::last).map(ScheduleState::lost));
        MissedRuns all = due.notMadeUp().map(this::counted).orElse(missed);
        return lately.map(run -> new ScheduleState(cadence, setBy, due.next(), run, all))
                .orElse(this);
    }

    /**
     * The schedule once runs of it are given up.
     *
     * @param runs those that nobody makes any more
     * @return the schedule, awaiting what it awaits now
     */
    public ScheduleState missing(DueRuns.Missed runs) {
        return new ScheduleState(cadence, setBy, next, lost(runs.last()), counted(runs));
    }

    private static LastRun lost(ScheduledRun run) {
        return new LastRun(run.day(), run.at(), new RunOutcome.Missed());
    }

    private MissedRuns counted(DueRuns.Missed more) {
        long before = missed == null ? 0 : missed.count();
        return new MissedRuns(before + more.count(), more.last().day());
    }
}
