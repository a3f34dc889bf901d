package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The suite of volumes bites, as that of stores does in {@link MutantTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumeMutantTest {
    private final Map<String, Set<String>> failed = new TreeMap<>();
    private final Set<String> tested = new TreeSet<>();
    private final Set<String> rightOnesFail = new TreeSet<>();

    @BeforeAll
    void tryThemAll() {
        VolumeMutants.ALL
                .keySet()
                .forEach(mutant -> failed.put(mutant, SuiteRun.attempt(MutatedVolumes.class, mutant)));
        rightOnesFail.addAll(
                SuiteRun.launch(MutatedVolumes.class, "", test -> tested.add(SuiteRun.idOf(test.getDisplayName()))));
    }

    @Test
    @DisplayName("I1 no wrong snapshots pass: each mutant fails a test of the requirement that it breaks")
    void failEveryMutant() {
        List<String> passed = failed.entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(passed)
                .as("mutants that their requirement's tests did not find")
                .isEmpty();
        assertThat(rightOnesFail).as("what fails on those that are right").isEmpty();
    }

    @Test
    @DisplayName(
            "I1 every requirement of volumes in docs/provider-spi.md has a test and a mutant, and none has another")
    void coverEveryRequirement() throws IOException {
        Set<String> required = SuiteRun.required("provider-spi.md", "VOL");
        assertThat(required).hasSizeGreaterThan(8);
        assertThat(tested).as("tested").isEqualTo(required);
        Set<String> mutated = new TreeSet<>();
        failed.keySet().forEach(mutant -> mutated.add(SuiteRun.idOf(mutant)));
        assertThat(mutated).as("mutants").isEqualTo(required);
    }
}
