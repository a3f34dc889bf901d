package io.parix.backup.core.schedule;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The runs of a schedule: one for every date that the zone's wall clock shows (spec G2). At a local time that does not exist
 * the run is due at the first instant after the gap; at one that occurs twice, at the first.
 *
 * <p>Immutable.
 */
public final class RunCalendar {
    private static final Duration DAY = Duration.ofDays(1);

    private final Cadence cadence;
    private final ZoneRules rules;
    private final Duration delay;

    private RunCalendar(Cadence cadence, Duration delay) {
        this.cadence = cadence;
        this.rules = cadence.zone().getRules();
        this.delay = delay;
    }

    /**
     * The calendar of a database. Its runs are due up to a window later than its cadence says, always equally much, so that
     * a fleet does not start at the same second. The delay moves the instant of a run, never its date.
     *
     * @param cadence when
     * @param database whose
     * @param spread the window, zero to less than 24 hours
     * @return its calendar
     * @throws InvalidRequestException for a window out of its bounds
     */
    public static RunCalendar of(Cadence cadence, DatabaseId database, Duration spread) {
        if (spread.isNegative() || spread.compareTo(DAY) >= 0) {
            throw InvalidRequestException.of("spread", spread.toString(), "it must be zero to less than 24 hours");
        }
        return new RunCalendar(cadence, Spread.delay(database, spread));
    }

    /**
     * The run of a date.
     *
     * @param day a local date
     * @return its run, or empty for a date that the zone skipped, as Samoa did 2011-12-30
     */
    public Optional<ScheduledRun> on(LocalDate day) {
        boolean skipped = !day.atStartOfDay(cadence.zone()).toLocalDate().equals(day);
        return skipped
                ? Optional.empty()
                : Optional.of(
                        new ScheduledRun(day, instant(day.atTime(cadence.at())).plus(delay)));
    }

    /**
     * The first run after an instant.
     *
     * @param now any
     * @return the run, due later than {@code now}
     */
    public ScheduledRun after(Instant now) {
        LocalDate day = LocalDate.ofInstant(now.minus(delay), cadence.zone()).minusDays(1);
        while (true) {
            Optional<ScheduledRun> run = on(day).filter(found -> found.at().isAfter(now));
            if (run.isPresent()) {
                return run.get();
            }
            day = day.plusDays(1);
        }
    }

    /**
     * The first run after an instant of a date that has not had its run.
     *
     * @param now any
     * @param had tells of a local date whether it has; asked for one date after the other, until it says no
     * @return the run, due later than {@code now}
     */
    public ScheduledRun after(Instant now, Predicate<LocalDate> had) {
        ScheduledRun run = after(now);
        while (had.test(run.day())) {
            run = after(run.at());
        }
        return run;
    }

    /**
     * The run that follows another one: the first of a later date, and due later. The other one may be of a calendar with another
     * delay or other data of its zone, by which the run of its own date would be due again.
     *
     * @param run any run of this schedule
     * @return the next
     */
    public ScheduledRun after(ScheduledRun run) {
        return after(run.at(), day -> !day.isAfter(run.day()));
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        ZoneOffset first = change == null ? rules.getOffset(local) : change.getOffsetBefore();
        return local.toInstant(first);
    }
}
