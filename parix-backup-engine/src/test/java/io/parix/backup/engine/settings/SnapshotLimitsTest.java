package io.parix.backup.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.engine.settings.SnapshotLimits.WhenFailed;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("J5 C1 waits for snapshots have bounds, all told at once, and a failed one is recorded unless set")
    void bounds() {
        assertThat(EngineSettings.defaults().snapshots().whenFailed()).isEqualTo(WhenFailed.RECORDS);
        SnapshotLimits least = new SnapshotLimits(WhenFailed.FAILS, SECOND, SECOND);
        SnapshotLimits most = new SnapshotLimits(WhenFailed.FAILS, Duration.ofHours(1), Duration.ofDays(30));
        assertThat(EngineSettings.builder().snapshots(least).build().snapshots())
                .isEqualTo(least)
                .isNotEqualTo(most);
        Duration less = SECOND.minusNanos(1);
        assertThatThrownBy(() -> new SnapshotLimits(WhenFailed.FAILS, less, less))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ConfigurationMistake::key)
                                .containsExactly("lookEvery", "snapshotDeadline"));
        assertThatThrownBy(() -> new SnapshotLimits(
                        WhenFailed.FAILS,
                        Duration.ofHours(1).plusNanos(1),
                        Duration.ofDays(30).plusNanos(1)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes()).hasSize(2));
    }
}
