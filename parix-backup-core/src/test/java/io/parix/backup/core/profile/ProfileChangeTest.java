package io.parix.backup.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Report;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileChangeTest {
    @Test
    @DisplayName("C2 a profile that stayed the same passes, with one check per captured value")
    void passesWhatStayed() {
        Report report = ProfileChange.between(Profiles.LEDGER, Profiles.LEDGER);

        assertThat(report.passed()).isTrue();
        assertThat(report.checks())
                .extracting(Check::code)
                .containsExactlyElementsOf(Arrays.stream(ProfileValue.values())
                        .map(ProfileValue::code)
                        .toList());
        assertThat(report.checks()).extracting(Check::rule).containsOnly("C2");
    }

    @ParameterizedTest
    @EnumSource(ProfileValue.class)
    @DisplayName("C2 one changed value is one failure, under its own code, even by a single byte")
    void failsWhatChanged(ProfileValue value) {
        Report report = ProfileChange.between(Profiles.LEDGER, Profiles.withOther(value));

        assertThat(report.checks()).hasSize(ProfileValue.values().length);
        assertThat(report.failures()).singleElement().satisfies(check -> {
            assertThat(check.code()).isEqualTo(value.code() + "-changed");
            assertThat(check.expected()).isNotEqualTo(check.found());
            assertThat(check.sentence()).contains(value.words(), check.expected(), check.found());
        });
    }

    @Test
    @DisplayName("C2 what a backup does not capture may change: the status is judged elsewhere")
    void ignoresWhatIsNotCaptured() {
        assertThat(ProfileChange.between(Profiles.LEDGER, Profiles.in(DatabaseStatus.PROVISIONING))
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(ProfileValue.class)
    @DisplayName("E15 a value that was not captured has no text, and no other value loses its own")
    void knowsWhatWasNotCaptured(ProfileValue value) {
        CapturedProfile captured = Profiles.capturedWithout(value);

        assertThat(Arrays.stream(ProfileValue.values())
                        .filter(v -> v.of(captured).isEmpty()))
                .containsExactly(value);
    }
}
