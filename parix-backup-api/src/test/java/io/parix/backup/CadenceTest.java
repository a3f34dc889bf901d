package io.parix.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
    @Test
    @DisplayName("G1 a cadence is daily at a minute of a zone's wall clock")
    void daily() {
        assertThat(Cadence.daily("23:59", "Europe/Berlin"))
                .isEqualTo(new Cadence(LocalTime.of(23, 59), ZoneId.of("Europe/Berlin")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "25:00",
                "24:00",
                "3:00",
                "",
                "03:00:01",
                "10:00:00",
                "03:00:00.000",
                "+03:00",
                "noon",
                "03:00\u202e"
            })
    @DisplayName("G1 a time of no clock is refused, naming it")
    void noTime(String at) {
        assertThatThrownBy(() -> Cadence.daily(at, "UTC")).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis", "", "utc", "Europe/../Berlin", "CEST\n"})
    @DisplayName("G6 a zone that the runtime does not know is refused, naming it")
    void unknownZone(String zone) {
        assertThatThrownBy(() -> Cadence.daily("03:00", zone))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(Printable.quote(zone));
    }
}
