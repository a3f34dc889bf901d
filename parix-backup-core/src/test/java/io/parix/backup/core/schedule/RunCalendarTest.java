package io.parix.backup.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCalendarTest {
    private static final DatabaseId DATABASE = new DatabaseId("ledger-1");

    /** The delay of that database in a window of an hour. Another one would move every schedule of a fleet. */
    private static final Duration FOREVER = Duration.ofMillis(742_790);

    private static RunCalendar daily(String at, String zone) {
        return RunCalendar.of(Cadence.daily(at, zone), DATABASE, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,02:30,2026-03-28,2026-03-28T01:30:00Z",
        "Europe/Berlin,02:30,2026-03-29,2026-03-29T01:00:00Z",
        "Europe/Berlin,03:00,2026-03-29,2026-03-29T01:00:00Z",
        "Europe/Berlin,02:30,2026-10-25,2026-10-25T00:30:00Z",
        "Europe/Berlin,03:00,2026-10-25,2026-10-25T02:00:00Z",
        "Asia/Beirut,00:00,2026-03-29,2026-03-28T22:00:00Z",
        "America/Santiago,23:30,2026-04-04,2026-04-05T02:30:00Z",
        "Australia/Lord_Howe,02:15,2026-10-04,2026-10-03T15:30:00Z",
        "UTC,00:00,2026-02-28,2026-02-28T00:00:00Z"
    })
    @DisplayName(
            "G2 a time that does not exist runs at the first instant after the gap, one that occurs twice at the first")
    void changesOfTheClock(String zone, String at, LocalDate day, Instant due) {
        assertThat(daily(at, zone).on(day)).contains(new ScheduledRun(day, due));
    }

    @Test
    @DisplayName("G2 a date that the zone skipped has no run, its neighbours have one")
    void skippedDate() {
        RunCalendar samoa = daily("12:00", "Pacific/Apia");

        assertThat(samoa.on(LocalDate.of(2011, 12, 30))).isEmpty();
        ScheduledRun before = samoa.on(LocalDate.of(2011, 12, 29)).orElseThrow();
        assertThat(samoa.after(before.at()).day()).isEqualTo(LocalDate.of(2011, 12, 31));
    }

    @Test
    @DisplayName("G2 every zone of the runtime has one run for each local date from 1970 to 2040, in order")
    void everyZone() {
        int minute = 0;
        for (ZoneId zone : distinct()) {
            minute = (minute + 437) % 1440;
            requireEachDateOnce(zone, LocalTime.of(minute / 60, minute % 60));
        }
    }

    /** From run to run as the engine goes, one date a step: none twice, and none left out but those that the zone skipped. */
    private static void requireEachDateOnce(ZoneId zone, LocalTime at) {
        RunCalendar calendar = RunCalendar.of(new Cadence(at, zone), DATABASE, Duration.ZERO);
        LocalDate expected = LocalDate.of(1970, 1, 1);
        ScheduledRun run = calendar.on(expected).orElseThrow();
        while (expected.getYear() < 2041) {
            if (run.day().equals(expected)) {
                requireShownOrGap(zone, at, run);
                ScheduledRun next = calendar.after(run.at());
                if (!next.at().isAfter(run.at())) {
                    throw new AssertionError(zone + " at " + at + ": " + next + " after " + run);
                }
                run = next;
            } else if (!isSkipped(zone, expected)) {
                throw new AssertionError(zone + " at " + at + ": " + run + " where " + expected + " should be");
            }
            expected = expected.plusDays(1);
        }
    }

    private static boolean isSkipped(ZoneId zone, LocalDate day) {
        ZoneOffsetTransition change = zone.getRules().getTransition(day.atTime(12, 0));
        return change != null && change.isGap() && change.getDuration().equals(Duration.ofDays(1));
    }

    private static void requireShownOrGap(ZoneId zone, LocalTime at, ScheduledRun run) {
        boolean shown = LocalDateTime.ofInstant(run.at(), zone).equals(run.day().atTime(at));
        if (!shown && zone.getRules().getTransition(run.day().atTime(at)) == null) {
            throw new AssertionError(zone + " at " + at + ": " + run);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/Santiago",
                "Pacific/Apia",
                "Australia/Lord_Howe",
                "Africa/Cairo",
                "Asia/Gaza"
            })
    @DisplayName("G2 and so it is at every half hour of the day, where clocks change at all hours")
    void everyHalfHour(String zone) {
        for (int half = 0; half < 48; half++) {
            requireOneRunADay(ZoneId.of(zone), LocalTime.of(half / 2, half % 2 * 30));
        }
    }

    private static void requireOneRunADay(ZoneId zone, LocalTime at) {
        RunCalendar calendar = RunCalendar.of(new Cadence(at, zone), DATABASE, Duration.ZERO);
        Instant previous = Instant.MIN;
        for (LocalDate day = LocalDate.of(1970, 1, 1); day.getYear() < 2041; day = day.plusDays(1)) {
            ScheduledRun run = calendar.on(day).orElse(null);
            if (run == null) {
                assertThat(zone.getRules().getTransition(day.atTime(12, 0)))
                        .as("%s %s", zone, day)
                        .isNotNull();
                continue;
            }
            requireShownOrGap(zone, at, run);
            if (!run.at().isAfter(previous)) {
                throw new AssertionError(zone + " at " + at + " on " + day + ": " + run);
            }
            previous = run.at();
        }
    }

    @Test
    @DisplayName("G2 the run after an instant is the first of the future, and one that is due is not it")
    void after() {
        RunCalendar calendar = daily("03:00", "Europe/Berlin");
        Instant due = Instant.parse("2026-11-26T02:00:00Z");

        assertThat(calendar.after(due.minusNanos(1)).at()).isEqualTo(due);
        assertThat(calendar.after(due).at()).isEqualTo(due.plus(Duration.ofDays(1)));
    }

    @Test
    @DisplayName("G2 walking from run to run meets every date once, through all changes of the clock")
    void walking() {
        for (String zone : new String[] {"Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata"}) {
            RunCalendar calendar = RunCalendar.of(Cadence.daily("00:30", zone), DATABASE, Duration.ofHours(23));
            ScheduledRun run = calendar.after(Instant.parse("2009-12-31T12:00:00Z"));
            TreeSet<LocalDate> days = new TreeSet<>();
            while (run.day().getYear() < 2020) {
                assertThat(days.add(run.day())).isTrue();
                run = calendar.after(run.at());
            }
            long skipped = zone.equals("Pacific/Apia") ? 1 : 0;
            assertThat(days).hasSize((int) (days.first().until(LocalDate.of(2020, 1, 1), ChronoUnit.DAYS) - skipped));
        }
    }

    @Test
    @DisplayName("G2 runs are spread over the window by the database's id, equally on every node")
    void spread() {
        Duration window = Duration.ofHours(1);
        Cadence cadence = Cadence.daily("03:00", "UTC");
        int[] quarters = new int[4];
        for (int i = 0; i < 10_000; i++) {
            DatabaseId database = new DatabaseId("db-" + i);
            Duration delay = delay(cadence, database, window);
            assertThat(delay)
                    .isEqualTo(delay(cadence, database, window))
                    .isBetween(Duration.ZERO, window.minusMillis(1));
            quarters[(int) (delay.toMinutes() / 15)]++;
        }
        for (int quarter : quarters) {
            assertThat(quarter).isBetween(2_300, 2_700);
        }
        assertThat(delay(cadence, DATABASE, window)).isEqualTo(FOREVER);
    }

    private static Duration delay(Cadence cadence, DatabaseId database, Duration window) {
        LocalDate day = LocalDate.of(2026, 1, 1);
        return Duration.between(
                day.atTime(3, 0).toInstant(ZoneOffset.UTC),
                RunCalendar.of(cadence, database, window).on(day).orElseThrow().at());
    }

    @Test
    @DisplayName("G2 a window of less than 24 hours is taken, a negative one and one of 24 hours are refused")
    void window() {
        Cadence cadence = Cadence.daily("03:00", "UTC");

        assertThat(RunCalendar.of(cadence, DATABASE, Duration.ofDays(1).minusMillis(1)))
                .isNotNull();
        for (Duration wrong : new Duration[] {Duration.ofDays(1), Duration.ofNanos(-1)}) {
            assertThatThrownBy(() -> RunCalendar.of(cadence, DATABASE, wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    /** Many ids are names for the same rules. */
    private static Iterable<ZoneId> distinct() {
        Map<ZoneRules, ZoneId> zones = new HashMap<>();
        ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .forEach(zone -> zones.putIfAbsent(zone.getRules(), zone));
        assertThat(zones).hasSizeGreaterThan(200);
        return zones.values();
    }
}
