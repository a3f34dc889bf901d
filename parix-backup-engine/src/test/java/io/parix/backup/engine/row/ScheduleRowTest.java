package io.parix.backup.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.Cadence;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.LastRun;
import io.parix.backup.MissedRuns;
import io.parix.backup.Report;
import io.parix.backup.RunOutcome;
import io.parix.backup.core.schedule.ScheduleState;
import io.parix.backup.core.schedule.ScheduledRun;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are what version 1 wrote; they are never rewritten, for such rows stand in catalogs. */
class ScheduleRowTest {
    private static final DatabaseId DATABASE = new DatabaseId("db");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Instant DUE = Instant.parse("2026-03-01T02:12:22.790Z");
    private static final Report REASONS = new Report(List.of(new Check(
            "G6", "overlap", Check.Outcome.FAIL, "none", "backup (b1)", "Another \"backup\" was going – ä.")));
    private static final ScheduleState MADE = new ScheduleState(
            Cadence.daily("03:00", "Europe/Berlin"),
            new Actor("ada"),
            new ScheduledRun(DAY.plusDays(1), DUE.plusSeconds(86_400)),
            null,
            null);
    private static final Map<String, ScheduleState> STATES = Map.of(
            "made", MADE,
            "paused", MADE.awaiting(null),
            "started", after(new RunOutcome.Started(new BackupId("b1")), null),
            "skipped", after(new RunOutcome.Skipped(REASONS), new MissedRuns(3, DAY.minusDays(1))),
            "missed", after(new RunOutcome.Missed(), new MissedRuns(1, DAY)));

    private static ScheduleState after(RunOutcome outcome, @Nullable MissedRuns missed) {
        return new ScheduleState(MADE.cadence(), MADE.setBy(), MADE.next(), new LastRun(DAY, DUE, outcome), missed);
    }

    static Stream<String> states() {
        return STATES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("states")
    @DisplayName("G1 every state of a schedule reads back as it was written, and as version 1 wrote it")
    void states(String name) throws IOException {
        ScheduleState state = Objects.requireNonNull(STATES.get(name));
        ScheduleRecord row = ScheduleRow.first(DATABASE, state);

        assertThat(row.payload()).isEqualTo(golden(name));
        assertThat(row.due()).isEqualTo(state.awaited().map(ScheduledRun::at));
        assertThat(row.version()).isZero();
        assertThat(ScheduleRow.read(row)).isEqualTo(state);
        ScheduleRecord seen = new ScheduleRecord(DATABASE, 7, row.dueAt(), row.payload());
        assertThat(ScheduleRow.next(seen, MADE))
                .isEqualTo(new ScheduleRecord(
                        DATABASE, 7, MADE.awaited().orElseThrow().at(), golden("made")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "{}", "{\"version\":1}", "{\"version\":1", "[[[[[[[["})
    @DisplayName("I4 what is no schedule is refused by code, never half read")
    void hostile(String json) {
        assertUnknown(json, DUE);
    }

    @Test
    @DisplayName(
            "I4 an unknown version, zone, time or field is refused by code, and so is a due one that awaits nothing")
    void unknown() throws IOException {
        String made = golden("made");
        for (String[] change : new String[][] {
            {"\"version\":1", "\"version\":2"},
            {"Europe/Berlin", "Europe/Atlantis"},
            {"\"03:00\"", "\"25:00\""},
            {"\"03:00\"", "\"03:00:30\""},
            {"\"setBy\":\"ada\"", "\"setBy\":\"ada\",\"colour\":\"red\""},
            {"\"2026-03-02\"", "\"2026-02-30\""},
        }) {
            assertThat(made).contains(change[0]);
            assertUnknown(made.replace(change[0], change[1]), DUE);
        }
        assertUnknown(golden("paused"), DUE);
        assertThat(ScheduleRow.read(new ScheduleRecord(DATABASE, 1, null, golden("paused"))))
                .isEqualTo(MADE.awaiting(null));
    }

    private static void assertUnknown(String payload, @Nullable Instant due) {
        assertThatThrownBy(() -> ScheduleRow.read(new ScheduleRecord(DATABASE, 1, due, payload)))
                .isInstanceOfSatisfying(FailedException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
                    assertThat(e).hasMessageContaining("the schedule of db");
                });
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ScheduleRowTest.class.getResourceAsStream("/payloads/v1/schedule-" + name + ".json")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
