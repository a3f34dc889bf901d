package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPeriodTest {
    private static final Instant COMPLETED = Instant.parse("2026-03-01T12:00:00.000007Z");
    private static final RetentionPeriod WEEK = RetentionPeriod.days(7);

    @Test
    @DisplayName("H1 backups are kept seven days by default")
    void byDefault() {
        assertThat(RetentionPeriod.DEFAULT).isEqualTo(WEEK);
        assertThat(RetentionSetting.DEFAULT).isEqualTo(new RetentionSetting(WEEK, RetentionSource.DEFAULT, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -7, 3651, Integer.MAX_VALUE, Integer.MIN_VALUE})
    @DisplayName("H1 H8 a period of zero, negative or too many days is refused, naming it")
    void outOfBounds(int days) {
        assertThatThrownBy(() -> RetentionPeriod.days(days))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("of " + days + " days")
                .hasMessageContaining("1 to 3650 days, or never");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 3649, 3650})
    @DisplayName("H1 H8 a period of one to 3650 days is accepted")
    void inBounds(int days) {
        assertThat(RetentionPeriod.days(days)).isEqualTo(new RetentionPeriod.Days(days));
    }

    @Test
    @DisplayName("H8 every period is read back from its stored text, and no two have the same")
    void stored() {
        for (int days = RetentionPeriod.MIN_DAYS; days <= RetentionPeriod.MAX_DAYS; days++) {
            RetentionPeriod period = RetentionPeriod.days(days);
            assertThat(period.code()).isEqualTo(days + "d").isEqualTo(period.toString());
            assertThat(RetentionPeriod.parse(period.code())).isEqualTo(period);
        }
        assertThat(RetentionPeriod.never().code()).isEqualTo("never");
        assertThat(RetentionPeriod.never()).hasToString("never");
        assertThat(RetentionPeriod.parse("never")).isEqualTo(RetentionPeriod.never());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "7",
                "07d",
                "0d",
                "-7d",
                "+7d",
                "7D",
                "7 d",
                " 7d",
                "7d\n",
                "3651d",
                "10000d",
                "99999999999d",
                "Never",
                "never ",
                "7w",
                "٧d",
                "1e1d"
            })
    @DisplayName("H8 no other text is a period, least of all one that nearly is")
    void notStored(String text) {
        assertThatThrownBy(() -> RetentionPeriod.parse(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("H8 seven days are over 168 hours after completion, and not a microsecond earlier")
    void boundary() {
        Instant end = COMPLETED.plus(Duration.ofDays(7));
        assertThat(WEEK.endFrom(COMPLETED)).contains(end);
        assertThat(WEEK.isOver(COMPLETED, end.minus(1, ChronoUnit.MICROS))).isFalse();
        assertThat(WEEK.isOver(COMPLETED, end)).isTrue();
        assertThat(WEEK.isOver(COMPLETED, end.plus(1, ChronoUnit.MICROS))).isTrue();
    }

    @Test
    @DisplayName("H8 a day has 24 hours when the clocks of a zone go forward")
    void daylightSaving() {
        ZonedDateTime before = ZonedDateTime.of(2026, 3, 28, 12, 0, 0, 0, ZoneId.of("Europe/Berlin"));
        assertThat(RetentionPeriod.days(1).endFrom(before.toInstant()))
                .contains(before.plusHours(24).toInstant());
        assertThat(before.plusHours(24)).isNotEqualTo(before.plusDays(1));
    }

    @Test
    @DisplayName("H8 a clock that jumped back before completion ends nothing")
    void clockJumpedBack() {
        assertThat(RetentionPeriod.days(1).isOver(COMPLETED, COMPLETED.minus(Duration.ofDays(400))))
                .isFalse();
    }

    @Test
    @DisplayName("H8 never does not end")
    void never() {
        assertThat(RetentionPeriod.never().endFrom(COMPLETED)).isEmpty();
        assertThat(RetentionPeriod.never().isOver(Instant.MIN, Instant.MAX)).isFalse();
    }

    @Test
    @DisplayName("H8 the longest period from the last instants is bounded, and is not over before its time")
    void endOfTime() {
        RetentionPeriod longest = RetentionPeriod.days(RetentionPeriod.MAX_DAYS);
        Instant fits = Instant.MAX.minus(Duration.ofDays(RetentionPeriod.MAX_DAYS));
        for (Instant from : List.of(fits.plusNanos(1), Instant.MAX.minusSeconds(1), Instant.MAX)) {
            assertThat(longest.endFrom(from)).contains(Instant.MAX);
            assertThat(longest.isOver(from, Instant.MAX)).isFalse();
        }
        assertThat(longest.endFrom(fits)).contains(Instant.MAX);
        assertThat(longest.isOver(fits, Instant.MAX)).isTrue();
        assertThat(longest.endFrom(fits.minusNanos(1))).contains(Instant.MAX.minusNanos(1));
        assertThat(longest.isOver(Instant.MIN, Instant.MAX)).isTrue();
        assertThat(longest.isOver(Instant.MAX, Instant.MIN)).isFalse();
    }

    @Test
    @DisplayName("H9 periods are ordered by their end, and never is the longest")
    void ordered() {
        List<RetentionPeriod> ascending = List.of(
                RetentionPeriod.days(1),
                RetentionPeriod.days(2),
                RetentionPeriod.days(10),
                RetentionPeriod.days(3650),
                RetentionPeriod.never());
        for (int a = 0; a < ascending.size(); a++) {
            for (int b = 0; b < ascending.size(); b++) {
                assertThat(ascending.get(a).shorterThan(ascending.get(b)))
                        .as("%s shorter than %s", ascending.get(a), ascending.get(b))
                        .isEqualTo(a < b);
            }
        }
    }

    @Test
    @DisplayName("H12 a period says itself in words")
    void words() {
        assertThat(List.of(RetentionPeriod.days(1), RetentionPeriod.days(2), RetentionPeriod.never()))
                .extracting(RetentionPeriod::words)
                .containsExactly("1 day", "2 days", "for ever");
    }
}
