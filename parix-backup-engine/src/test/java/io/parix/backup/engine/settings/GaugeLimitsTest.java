package io.parix.backup.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GaugeLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    @DisplayName("J5 J1 how often gauges ask the catalog and who is late have bounds, all told at once")
    void bounds() {
        assertThat(EngineSettings.defaults().gauges())
                .isEqualTo(new GaugeLimits(Duration.ofMinutes(1), Duration.ofDays(2)));
        GaugeLimits least = new GaugeLimits(SECOND, HOUR);
        assertThat(EngineSettings.builder().gauges(least).build().gauges())
                .isEqualTo(least)
                .isNotEqualTo(new GaugeLimits(HOUR, YEAR));
        assertThatThrownBy(() -> new GaugeLimits(SECOND.minusNanos(1), HOUR.minusNanos(1)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ConfigurationMistake::key)
                                .containsExactly("reuse", "lateAfter"));
        assertThatThrownBy(() -> new GaugeLimits(HOUR.plusNanos(1), YEAR.plusNanos(1)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes()).hasSize(2));
    }
}
