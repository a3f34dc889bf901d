package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantedTest {
    /** A process computes for milliseconds at a time; some of what is planted keeps one for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource
    @DisplayName("I2 a planted defect is found by the invariant that it breaks, within the seeds that the build runs")
    void found(Planted defect, TestReporter reporter) throws IOException {
        Simulation simulation = Simulation.on(defect).waiting(PATIENCE);
        for (long seed : FoundSeeds.of(defect)) {
            Optional<Violation> violation = simulation.run(seed).violation();
            if (violation.isPresent()) {
                reporter.publishEntry(defect.name(), "found at seed " + seed + ": " + violation.get());
                assertThat(defect.breaks())
                        .as("seed %d: %s", seed, violation.get())
                        .contains(violation.get().invariant());
                if (violation.get().invariant() == defect.breaks().get(0)) {
                    FoundSeeds.found(defect, seed, reporter);
                    return;
                }
            }
        }
        throw new AssertionError("Not found within " + BuildSeeds.COUNT + " seeds");
    }
}
