package io.parix.backup.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.LastRun;
import io.parix.backup.MissedRuns;
import io.parix.backup.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduleStateTest {
    private static final Cadence CADENCE = Cadence.daily("03:00", "UTC");
    private static final Actor ADA = new Actor("ada");
    private static final RunCalendar CALENDAR = RunCalendar.of(CADENCE, new DatabaseId("ledger-1"), Duration.ZERO);
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final RunOutcome STARTED = new RunOutcome.Started(new BackupId("b1"));
    private static final ScheduleState MADE = ScheduleState.made(CADENCE, ADA).awaiting(run(0));

    private static ScheduledRun run(int day) {
        return CALENDAR.on(DAY.plusDays(day)).orElseThrow();
    }

    private static DueRuns due(Duration after) {
        return DueRuns.at(CALENDAR, run(0), run(0).at().plus(after), Duration.ofHours(6));
    }

    @Test
    @DisplayName(
            "G1 a run that was dealt with is the last one, and the schedule awaits the next; before, nothing changes")
    void settled() {
        assertThat(MADE.settled(due(Duration.ofSeconds(-1)), STARTED)).isEqualTo(MADE);
        ScheduleState next = MADE.settled(due(Duration.ZERO), STARTED);
        assertThat(next)
                .isEqualTo(new ScheduleState(CADENCE, ADA, run(1), new LastRun(DAY, run(0).at(), STARTED), null));
    }

    @Test
    @DisplayName("G4 runs that were missed are counted, all together and over all looks")
    void missed() {
        ScheduleState once = MADE.settled(due(Duration.ofDays(2)), STARTED);
        assertThat(once.missed()).isEqualTo(new MissedRuns(2, DAY.plusDays(1)));
        assertThat(once.last()).isEqualTo(new LastRun(DAY.plusDays(2), run(2).at(), STARTED));

        DueRuns late = DueRuns.at(CALENDAR, run(3), run(3).at().plus(Duration.ofHours(6)), Duration.ofHours(6));
        ScheduleState twice = once.settled(late, new RunOutcome.Missed());

        assertThat(twice.missed()).isEqualTo(new MissedRuns(3, DAY.plusDays(3)));
        assertThat(twice.last()).isEqualTo(new LastRun(DAY.plusDays(3), run(3).at(), new RunOutcome.Missed()));
        assertThat(twice.next()).isEqualTo(run(4));
    }

    @Test
    @DisplayName(
            "G1 the date of the last run and those before it have had theirs, later ones have not; none has at first")
    void hasHad() {
        assertThat(MADE.hasHad(DAY.minusDays(1), DAY)).isFalse();
        ScheduleState next = MADE.settled(due(Duration.ZERO), STARTED).with(Cadence.daily("04:00", "UTC"), ADA);
        assertThat(next.hasHad(DAY.minusDays(1), DAY)).isTrue();
        assertThat(next.hasHad(DAY, DAY)).isTrue();
        assertThat(next.hasHad(DAY.plusDays(1), DAY)).isFalse();
    }

    @Test
    @DisplayName("G1 a last run two dates ahead of today's is of another zone and counts; one of a later date does not")
    void hasHadInTheFuture() {
        ScheduleState next = MADE.settled(due(Duration.ZERO), STARTED);
        assertThat(next.hasHad(DAY, DAY.minusDays(2))).isTrue();
        assertThat(next.hasHad(DAY.minusDays(3), DAY.minusDays(2))).isTrue();
        assertThat(next.hasHad(DAY, DAY.minusDays(3))).isFalse();
        assertThat(next.hasHad(DAY.minusDays(3), DAY.minusDays(3))).isFalse();
    }

    @Test
    @DisplayName("G1 the first run of a date that has not had its own passes over those that have, in order")
    void passesOver() {
        Instant now = run(0).at().minusSeconds(1);
        Set<LocalDate> had = Set.of(DAY, DAY.plusDays(1), DAY.plusDays(3));
        assertThat(CALENDAR.after(now, had::contains)).isEqualTo(run(2));
        assertThat(CALENDAR.after(now, day -> false)).isEqualTo(run(0));
    }
}
