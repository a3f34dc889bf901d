package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashEnumerationTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("I2 B4 B3 F5 H3 C11 a process that is killed before or after any effect of any work costs nothing")
    void survives(Work work, TestReporter reporter) {
        CrashEnumeration.Result result = CrashEnumeration.inMemory().of(work);

        reporter.publishEntry(work.name(), result.effects() + " effects, " + result.deaths() + " deaths");
        assertThat(result.failed()).isEmpty();
        assertThat(result.effects()).isGreaterThan(2);
        assertThat(result.deaths()).isEqualTo(2 * result.effects());
    }

    @Test
    @DisplayName("I2 B4 where nobody finds what a dead worker left, the deaths that cost something are named")
    void findsWhatIsLost() {
        CrashEnumeration.Result result =
                CrashEnumeration.on(Planted.NOTHING_IS_DUE).of(Work.CANCEL_COMMITTING);

        assertThat(result.failed())
                .isNotEmpty()
                .hasSizeLessThan(result.deaths())
                .allSatisfy(death -> {
                    assertThat(death.violation().invariant()).isEqualTo(Invariant.JOBS_END);
                    assertThat(death.toString()).matches("killed (before|after) effect \\d+ \\(\\w+\\.\\w+ .*");
                });
    }

    @Test
    @DisplayName("I2 work that does not end well though nobody dies is no work to kill at")
    void needsSoundWork() {
        CrashEnumeration wrong = CrashEnumeration.on(Planted.SWAP_IS_MIXED);

        assertThatThrownBy(() -> wrong.of(Work.RESTORE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RESTORE does not end well, and nobody was killed: F4");
    }
}
