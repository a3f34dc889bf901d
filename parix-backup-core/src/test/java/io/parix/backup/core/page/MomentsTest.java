package io.parix.backup.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Moment;
import io.parix.backup.RelativeTime;
import io.parix.backup.RelativeTime.Direction;
import io.parix.backup.RelativeTime.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");

    @ParameterizedTest(name = "D2 what was is rounded down, what comes to the nearest: {0} ago is {1}, {2}")
    @CsvSource({
        "PT0S, now, jetzt",
        "PT0.999S, now, jetzt",
        "PT1S, 1 second ago, vor 1 Sekunde",
        "PT2S, 2 seconds ago, vor 2 Sekunden",
        "PT59.999S, 59 seconds ago, vor 59 Sekunden",
        "PT60S, 1 minute ago, vor 1 Minute",
        "PT119S, 1 minute ago, vor 1 Minute",
        "PT120S, 2 minutes ago, vor 2 Minuten",
        "PT59M59S, 59 minutes ago, vor 59 Minuten",
        "PT60M, 1 hour ago, vor 1 Stunde",
        "PT3H, 3 hours ago, vor 3 Stunden",
        "PT23H59M59.999999S, 23 hours ago, vor 23 Stunden",
        "PT24H, 1 day ago, vor 1 Tag",
        "PT47H59M, 1 day ago, vor 1 Tag",
        "PT48H, 2 days ago, vor 2 Tagen",
        "P400D, 400 days ago, vor 400 Tagen",
        "PT-0.5S, now, jetzt",
        "PT-1S, in 1 second, in 1 Sekunde",
        "PT-59S, in 59 seconds, in 59 Sekunden",
        "PT-60S, in 1 minute, in 1 Minute",
        "PT-59.999S, in 59 seconds, in 59 Sekunden",
        "PT-89.999S, in 1 minute, in 1 Minute",
        "PT-90S, in 2 minutes, in 2 Minuten",
        "PT-59M-29.999999S, in 59 minutes, in 59 Minuten",
        "PT-59M-30S, in 1 hour, in 1 Stunde",
        "PT-60M, in 1 hour, in 1 Stunde",
        "PT-23H-29M-59S, in 23 hours, in 23 Stunden",
        "PT-23H-30M, in 1 day, in 1 Tag",
        "PT-155H-59M-59S, in 6 days, in 6 Tagen",
        "PT-156H, in 7 days, in 7 Tagen",
        "PT-167H-59M-59S, in 7 days, in 7 Tagen",
        "PT-24H, in 1 day, in 1 Tag",
        "P-3D, in 3 days, in 3 Tagen",
    })
    void words(Duration ago, String english, String german) {
        assertThat(at(ago, Locale.ENGLISH).words()).isEqualTo(english);
        assertThat(at(ago, Locale.GERMAN).words()).isEqualTo(german);
    }

    private static Moment at(Duration ago, Locale locale) {
        return new Moments(NOW, locale).of(NOW.minus(ago));
    }

    @Test
    @DisplayName("D2 a German of any country is German, and a language without a table is English")
    void languages() {
        Duration hour = Duration.ofHours(1);
        for (Locale german :
                new Locale[] {Locale.GERMANY, Locale.forLanguageTag("de-AT-1996"), Locale.forLanguageTag("de-CH")}) {
            assertThat(at(hour, german).words()).isEqualTo("vor 1 Stunde");
        }
        for (Locale other :
                new Locale[] {Locale.ROOT, Locale.UK, Locale.FRENCH, Locale.forLanguageTag("ar-EG-u-nu-arab")}) {
            assertThat(at(hour, other).words()).isEqualTo("1 hour ago");
        }
    }

    @Test
    @DisplayName("D2 the value has amount, unit and direction, and the first and last instants that there are have one")
    void values() {
        assertThat(at(Duration.ofHours(3), Locale.ROOT).relative())
                .isEqualTo(new RelativeTime(3, Unit.HOUR, Direction.PAST));
        assertThat(at(Duration.ofDays(-3), Locale.ROOT).relative())
                .isEqualTo(new RelativeTime(3, Unit.DAY, Direction.FUTURE));
        assertThat(new Moments(Instant.MIN, Locale.ROOT)
                        .of(Instant.MAX)
                        .relative()
                        .unit())
                .isEqualTo(Unit.DAY);
        assertThat(new Moments(Instant.MAX, Locale.ROOT)
                        .of(Instant.MIN)
                        .relative()
                        .direction())
                .isEqualTo(Direction.PAST);
    }
}
