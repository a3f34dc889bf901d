package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionSettingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(1);
    private static final Actor OWNER = new Actor("owner");
    private static final Actor ADMIN = new Actor("admin");
    private static final RetentionPeriod NEVER = RetentionPeriod.never();
    private static final List<RetentionPeriod> PERIODS = List.of(days(1), days(3), days(7), days(30), NEVER);

    private static RetentionPeriod days(int days) {
        return RetentionPeriod.days(days);
    }

    private static RetentionSetting of(RetentionPeriod period) {
        return of(period, null);
    }

    private static RetentionSetting of(RetentionPeriod period, @Nullable PendingRetention pending) {
        return new RetentionSetting(period, RetentionSource.ORGANIZATION, pending);
    }

    /** Asked for by the owner an hour before noon. */
    private static PendingRetention pending(RetentionPeriod period) {
        Instant asked = NOON.minus(Duration.ofHours(1));
        return new PendingRetention(period, RetentionSource.ORGANIZATION, asked.plus(WINDOW), OWNER, asked);
    }

    private static PendingRetention asked(RetentionPeriod period, RetentionSource source) {
        return new PendingRetention(period, source, NOON.plus(WINDOW), ADMIN, NOON);
    }

    private static List<RetentionSetting> settings() {
        List<RetentionSetting> all = new ArrayList<>(List.of(RetentionSetting.DEFAULT));
        for (RetentionPeriod period : PERIODS) {
            all.add(of(period));
            PERIODS.stream().filter(p -> p.shorterThan(period)).forEach(p -> all.add(of(period, pending(p))));
        }
        all.add(new RetentionSetting(days(7), RetentionSource.DEFAULT, pending(days(3))));
        return all;
    }

    @Test
    @DisplayName("H9 every change of every setting: shorter than what is in force waits, all else holds at once")
    void everyPair() {
        for (RetentionSetting before : settings()) {
            for (RetentionPeriod to : PERIODS) {
                RetentionSetting after = before.change(to, ADMIN, NOON, WINDOW);
                if (to.shorterThan(before.period())) {
                    assertThat(after)
                            .as("%s to %s", before, to)
                            .isEqualTo(new RetentionSetting(
                                    before.period(), before.source(), asked(to, RetentionSource.ORGANIZATION)));
                } else {
                    assertThat(after).as("%s to %s", before, to).isEqualTo(of(to));
                }
            }
        }
    }

    @Test
    @DisplayName("H9 going back to the default waits where that is shorter, and holds at once where it is not")
    void backToDefault() {
        for (RetentionSetting before : settings()) {
            RetentionSetting after = before.useDefault(ADMIN, NOON, WINDOW);
            if (days(7).shorterThan(before.period())) {
                assertThat(after)
                        .isEqualTo(new RetentionSetting(
                                before.period(), before.source(), asked(days(7), RetentionSource.DEFAULT)));
                assertThat(after.inForceAt(NOON.plus(WINDOW))).isEqualTo(RetentionSetting.DEFAULT);
            } else {
                assertThat(after).as("from %s", before).isEqualTo(RetentionSetting.DEFAULT);
            }
        }
    }

    @Test
    @DisplayName("H9 a shortening holds when its window is over, and not a microsecond earlier")
    void window() {
        RetentionSetting setting = of(days(30)).change(days(3), ADMIN, NOON, WINDOW);
        Instant over = NOON.plus(WINDOW);
        assertThat(setting.inForceAt(NOON)).isEqualTo(setting);
        assertThat(setting.inForceAt(over.minus(1, ChronoUnit.MICROS))).isEqualTo(setting);
        assertThat(setting.inForceAt(over)).isEqualTo(of(days(3)));
        assertThat(setting.inForceAt(over.plus(1, ChronoUnit.MICROS))).isEqualTo(of(days(3)));
    }

    @Test
    @DisplayName("H9 asking for the pending period again starts its window anew")
    void askedTwice() {
        RetentionSetting first = of(days(30)).change(days(3), OWNER, NOON.minusSeconds(60), WINDOW);
        assertThat(first.change(days(3), ADMIN, NOON, WINDOW).pendingChange())
                .contains(asked(days(3), RetentionSource.ORGANIZATION));
    }

    @Test
    @DisplayName("H9 a period between the pending one and the one in force is a shortening, and waits")
    void between() {
        RetentionSetting setting = of(days(30), pending(days(3))).change(days(7), ADMIN, NOON, WINDOW);
        assertThat(setting).isEqualTo(of(days(30), asked(days(7), RetentionSource.ORGANIZATION)));
    }

    @Test
    @DisplayName(
            "H9 what a change is compared with is in force: a pending one whose time has come counts, others do not")
    void comparedWithWhatIsInForce() {
        PendingRetention pending = pending(days(3));
        RetentionSetting setting = of(days(30), pending);
        Instant due = pending.effectiveAt();
        assertThat(setting.change(days(7), ADMIN, due, WINDOW)).isEqualTo(of(days(7)));
        Instant before = due.minus(1, ChronoUnit.MICROS);
        assertThat(setting.change(days(7), ADMIN, before, WINDOW).period()).isEqualTo(days(30));
    }

    @Test
    @DisplayName("H9 without an undo window a shortening holds at once")
    void noWindow() {
        assertThat(of(days(30)).change(days(3), ADMIN, NOON, Duration.ZERO)).isEqualTo(of(days(3)));
        assertThat(of(days(30)).change(days(3), ADMIN, NOON, Duration.ofNanos(1)))
                .isNotEqualTo(of(days(3)));
    }

    @Test
    @DisplayName("H9 a negative window is refused, and an endless one is bounded")
    void strangeWindows() {
        RetentionSetting setting = of(days(30));
        assertThatThrownBy(() -> setting.change(days(3), ADMIN, NOON, Duration.ofNanos(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> setting.useDefault(ADMIN, NOON, Duration.ofNanos(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(setting.change(days(3), ADMIN, NOON, Duration.ofSeconds(Long.MAX_VALUE))
                        .pendingChange()
                        .map(PendingRetention::effectiveAt))
                .contains(Instant.MAX);
    }

    @Test
    @DisplayName("H9 a pending change is undone until it is in force, and not at that instant")
    void undone() {
        RetentionSetting setting = of(days(30), pending(days(3)));
        Instant due = pending(days(3)).effectiveAt();
        assertThat(setting.undo(NOON)).isEqualTo(of(days(30)));
        assertThat(setting.undo(due.minus(1, ChronoUnit.MICROS))).isEqualTo(of(days(30)));
        assertNothingToUndo(setting, due, "in force since " + due);
        assertNothingToUndo(setting, due.plusSeconds(1), "in force since " + due);
    }

    @Test
    @DisplayName("H9 where nothing is pending there is nothing to undo, a lengthening included")
    void nothingPending() {
        assertNothingToUndo(RetentionSetting.DEFAULT, NOON, "no change is pending");
        assertNothingToUndo(of(days(7)).change(NEVER, ADMIN, NOON, WINDOW), NOON, "no change is pending");
    }

    private static void assertNothingToUndo(RetentionSetting setting, Instant now, String fact) {
        assertThatThrownBy(() -> setting.undo(now))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOTHING_TO_UNDO))
                .hasMessageContaining(fact);
    }

    @Test
    @DisplayName("H9 D5 a setting in which a longer or the same period waits does not exist, nor another default")
    void impossible() {
        for (RetentionPeriod notShorter : List.of(days(7), days(8), NEVER)) {
            assertThatThrownBy(() -> of(days(7), pending(notShorter))).isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> new RetentionSetting(days(8), RetentionSource.DEFAULT, null))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new PendingRetention(days(6), RetentionSource.DEFAULT, NOON, OWNER, NOON))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() ->
                        new PendingRetention(days(6), RetentionSource.ORGANIZATION, NOON, OWNER, NOON.plusNanos(1)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @DisplayName("D5 the source of a period and its codes")
    void sources() {
        assertThat(RetentionSource.of("default")).contains(RetentionSource.DEFAULT);
        assertThat(RetentionSource.of("organization")).contains(RetentionSource.ORGANIZATION);
        assertThat(RetentionSource.of("Default")).isEmpty();
        RetentionSetting same = RetentionSetting.DEFAULT.change(days(7), ADMIN, NOON, WINDOW);
        assertThat(same.source()).isEqualTo(RetentionSource.ORGANIZATION);
        assertThat(same.pendingChange()).isEqualTo(Optional.empty());
    }
}
