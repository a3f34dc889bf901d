package io.parix.backup.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.OrganizationId;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.Belonging.Moment;
import io.parix.backup.core.retention.Belonging.Settings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BelongingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final OrganizationId OLD = new OrganizationId("old");
    private static final OrganizationId NEW = new OrganizationId("new");
    private static final RetentionSetting WEEK = RetentionSetting.DEFAULT;
    private static final RetentionSetting YEAR = of(365);
    private static final Belonging MOVING = new Belonging(OLD, NEW, NOON);

    private static RetentionSetting of(int days) {
        return WEEK.change(RetentionPeriod.days(days), new Actor("ada"), NOON, Duration.ZERO);
    }

    private static Moment at(Instant now) {
        return new Moment(now, DAY);
    }

    @Test
    @DisplayName("H9 who has not moved has the organization's setting, pending change and all")
    void notMoved() {
        RetentionSetting pending = YEAR.change(RetentionPeriod.days(1), new Actor("ada"), NOON, DAY);
        Settings same = new Settings(pending, pending);

        assertThat(Belonging.to(NEW).setting(NEW, same, at(NOON))).isEqualTo(pending);
        assertThat(Belonging.to(NEW).seen(NEW, same, at(NOON))).isEqualTo(Belonging.to(NEW));
    }

    @Test
    @DisplayName(
            "H9 a shorter period waits from the look that first saw the move until the window is over, and not longer")
    void shorter() {
        Settings settings = new Settings(YEAR, WEEK);
        Instant end = NOON.plus(DAY);

        assertThat(Belonging.to(OLD).seen(NEW, settings, at(NOON))).isEqualTo(MOVING);
        for (Instant before : new Instant[] {NOON, end.minusNanos(1)}) {
            RetentionSetting held = MOVING.setting(NEW, settings, at(before));
            assertThat(held.period()).isEqualTo(YEAR.period());
            assertThat(held.pendingChange().map(PendingRetention::effectiveAt)).contains(end);
            assertThat(held.pendingChange().map(PendingRetention::period)).contains(WEEK.period());
            assertThat(MOVING.seen(NEW, settings, at(before))).isEqualTo(MOVING);
        }
        assertThat(MOVING.setting(NEW, settings, at(end))).isEqualTo(WEEK);
        assertThat(MOVING.seen(NEW, settings, at(end))).isEqualTo(Belonging.to(NEW));
    }

    @Test
    @DisplayName("H9 a period that is as long, or longer, holds at once")
    void longer() {
        for (RetentionSetting current : new RetentionSetting[] {of(365), of(366)}) {
            Settings settings = new Settings(YEAR, current);
            assertThat(Belonging.to(OLD).setting(NEW, settings, at(NOON))).isEqualTo(current);
            assertThat(Belonging.to(OLD).seen(NEW, settings, at(NOON))).isEqualTo(Belonging.to(NEW));
        }
        assertThat(Belonging.to(OLD)
                        .setting(NEW, new Settings(YEAR, of(364)), at(NOON))
                        .period())
                .isEqualTo(YEAR.period());
    }

    @Test
    @DisplayName("H9 where shortenings do not wait a move does not, either")
    void noWindow() {
        RetentionSetting stored = of(30).change(RetentionPeriod.days(7), new Actor("ada"), NOON.minus(DAY), DAY);
        Settings settings = new Settings(YEAR, stored);
        Moment moment = new Moment(NOON, Duration.ZERO);

        assertThat(Belonging.to(OLD).setting(NEW, settings, moment)).isEqualTo(stored);
        assertThat(Belonging.to(OLD).seen(NEW, settings, moment)).isEqualTo(Belonging.to(NEW));
    }

    @Test
    @DisplayName("H9 a move has its instant, and its instant a move")
    void whole() {
        assertThatThrownBy(() -> new Belonging(OLD, NEW, null)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Belonging(OLD, null, NOON)).isInstanceOf(InvalidRequestException.class);
    }
}
