package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantedLineTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("I2 a line of the production code that is wrong is found by the invariant that it breaks")
    void found(PlantedLine defect, TestReporter reporter) throws IOException {
        LongFunction<Optional<String>> planted = defect.planted();
        for (long seed : FoundSeeds.of(defect)) {
            Optional<String> found = planted.apply(seed);
            if (found.isPresent()) {
                reporter.publishEntry(defect.name(), "found at seed " + seed + ": " + found.get());
                assertThat(found).as("seed %d", seed).contains(defect.breaks().name());
                FoundSeeds.found(defect, seed, reporter);
                return;
            }
        }
        throw new AssertionError("Not found within " + BuildSeeds.COUNT + " seeds");
    }

    @Test
    @DisplayName("I2 the same code, compiled anew and changed in nothing but a comment, is found nothing wrong with")
    void rightCode() throws IOException {
        LongFunction<Optional<String>> same = PatchedEngine.with(
                "parix-backup-engine/src/main/java/io/parix/backup/engine/restore/HostMove.java",
                "package io.parix.backup.engine.restore;",
                "package io.parix.backup.engine.restore; // the same");

        for (long seed = 0; seed < 20; seed++) {
            assertThat(same.apply(seed)).as("seed %d", seed).isEmpty();
        }
    }
}
