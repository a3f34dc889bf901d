package io.parix.backup.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DueRunsTest {
    private static final RunCalendar CALENDAR =
            RunCalendar.of(Cadence.daily("03:00", "UTC"), new DatabaseId("ledger-1"), Duration.ZERO);
    private static final Duration GRACE = Duration.ofHours(6);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final ScheduledRun AWAITED = CALENDAR.on(DAY).orElseThrow();
    private static final ScheduledRun NEXT = CALENDAR.on(DAY.plusDays(1)).orElseThrow();

    private static DueRuns at(Instant now) {
        return DueRuns.at(CALENDAR, AWAITED, now, GRACE);
    }

    @Test
    @DisplayName("G4 a run is started when it is due, and not an instant earlier")
    void due() {
        assertThat(at(AWAITED.at().minusNanos(1))).isEqualTo(new DueRuns(null, null, AWAITED));
        assertThat(at(AWAITED.at())).isEqualTo(new DueRuns(AWAITED, null, NEXT));
    }

    @Test
    @DisplayName("G4 a run younger than the grace period is made up, one of its age was missed")
    void grace() {
        assertThat(at(AWAITED.at().plus(GRACE).minusNanos(1)).toStart()).contains(AWAITED);
        DueRuns late = at(AWAITED.at().plus(GRACE));
        assertThat(late.toStart()).isEmpty();
        assertThat(late.notMadeUp()).contains(new DueRuns.Missed(1, AWAITED, AWAITED));
        assertThat(late.next()).isEqualTo(NEXT);
    }

    @Test
    @DisplayName("G4 after sixteen days of downtime one run is made up and fifteen were missed, without a burst")
    void downtime() {
        ScheduledRun last = CALENDAR.on(DAY.plusDays(15)).orElseThrow();

        DueRuns due = at(last.at().plusSeconds(60));

        assertThat(due.toStart()).contains(last);
        assertThat(due.notMadeUp())
                .contains(new DueRuns.Missed(
                        15, AWAITED, CALENDAR.on(DAY.plusDays(14)).orElseThrow()));
        assertThat(due.next().day()).isEqualTo(DAY.plusDays(16));
    }

    @Test
    @DisplayName("G4 a clock that jumps back starts nothing again, one that jumps forward a year makes up one run")
    void jumps() {
        assertThat(at(AWAITED.at().minus(Duration.ofHours(1)))).isEqualTo(new DueRuns(null, null, AWAITED));
        DueRuns due = at(AWAITED.at().plus(Duration.ofDays(365)));
        assertThat(due.toStart().map(ScheduledRun::day)).contains(DAY.plusDays(365));
        assertThat(due.notMadeUp().map(DueRuns.Missed::count)).contains(365L);
    }

    @Test
    @DisplayName(
            "G2 G4 a run that came due by another delay is followed by one of a later date, and not by its own again")
    void anotherDelay() {
        Cadence cadence = Cadence.daily("03:00", "UTC");
        RunCalendar delayed = RunCalendar.of(cadence, new DatabaseId("ledger-1"), Duration.ofHours(1));
        ScheduledRun tomorrow = delayed.on(DAY.plusDays(1)).orElseThrow();
        assertThat(delayed.after(AWAITED.at()).day()).isEqualTo(DAY);

        DueRuns later = DueRuns.at(delayed, AWAITED, AWAITED.at(), GRACE);
        DueRuns sooner = DueRuns.at(CALENDAR, delayed.on(DAY).orElseThrow(), tomorrow.at(), GRACE);

        assertThat(later).isEqualTo(new DueRuns(AWAITED, null, tomorrow));
        assertThat(sooner.toStart()).contains(NEXT);
        assertThat(DueRuns.givenUp(delayed, AWAITED, tomorrow.at().minusNanos(1), null))
                .contains(new DueRuns.Missed(1, AWAITED, AWAITED));
    }
}
