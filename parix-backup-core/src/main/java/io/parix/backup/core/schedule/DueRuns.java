package io.parix.backup.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the runs of a schedule that have come due (spec G4): the last one is started while it is younger than the
 * grace period, however many there were; all others were missed.
 *
 * @param start the run to be started, or null when none is to be
 * @param missed those that are not made up, or null when there are none
 * @param next the first run of the future
 */
public record DueRuns(
        @Nullable ScheduledRun start, @Nullable Missed missed, ScheduledRun next) {
    /**
     * Runs that nobody made in time.
     *
     * @param count how many, 1 or more
     * @param first the first
     * @param last the last
     */
    public record Missed(long count, ScheduledRun first, ScheduledRun last) {
        private Missed and(ScheduledRun later) {
            return new Missed(count + 1, first, later);
        }
    }

    /**
     * Looks at a schedule whose next run may have come due.
     *
     * @param calendar its runs
     * @param awaited the run that was to be next
     * @param now the catalog's clock
     * @param grace how late a run may be made up, more than zero
     * @return what is to be done; nothing to start and nothing missed while {@code awaited} lies in the future
     */
    public static DueRuns at(RunCalendar calendar, ScheduledRun awaited, Instant now, Duration grace) {
        ScheduledRun run = awaited;
        ScheduledRun last = null;
        Missed missed = null;
        while (!run.at().isAfter(now)) {
            missed = last == null ? missed : with(missed, last);
            last = run;
            run = calendar.after(run);
        }
        boolean young = last != null && now.isBefore(last.at().plus(grace));
        return last == null || young ? new DueRuns(last, missed, run) : new DueRuns(null, with(missed, last), run);
    }

    /**
     * The runs that have come due and that are given up, because the schedule is to await another one (spec G3, G4).
     *
     * @param calendar its runs so far
     * @param awaited the run that was to be next
     * @param now the catalog's clock
     * @param instead the run that is awaited from now on, or null when none is. The run of its date is not given up: this is it
     * @return what was missed, or empty where nothing was
     */
    public static Optional<Missed> givenUp(
            RunCalendar calendar, ScheduledRun awaited, Instant now, @Nullable ScheduledRun instead) {
        Missed missed = null;
        for (ScheduledRun run = awaited; !run.at().isAfter(now); run = calendar.after(run)) {
            boolean comes = instead != null && !run.day().isBefore(instead.day());
            missed = comes ? missed : with(missed, run);
        }
        return Optional.ofNullable(missed);
    }

    private static Missed with(@Nullable Missed missed, ScheduledRun run) {
        return missed == null ? new Missed(1, run, run) : missed.and(run);
    }

    /** {@return the run to be started, where one is to be} */
    public Optional<ScheduledRun> toStart() {
        return Optional.ofNullable(start);
    }

    /** {@return the runs that are not made up, where there are some} */
    public Optional<Missed> notMadeUp() {
        return Optional.ofNullable(missed);
    }
}
