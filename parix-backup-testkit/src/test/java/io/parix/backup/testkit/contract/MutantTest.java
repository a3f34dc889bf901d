package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** The suites bite: each requirement is written down, has a test, and a mutant that this test finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantTest {
    /** The tests that failed, by mutant. */
    private final Map<String, Set<String>> failed = new TreeMap<>();

    private final Set<String> rightOnesFail = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();

    @BeforeAll
    void tryThemAll() {
        ProviderMutants.ALL
                .keySet()
                .forEach(mutant -> failed.put(mutant, SuiteRun.attempt(MutatedProvider.class, mutant)));
        StoreMutants.all().keySet().forEach(mutant -> failed.put(mutant, SuiteRun.attempt(MutatedStore.class, mutant)));
        rightOnesFail.addAll(
                SuiteRun.launch(MutatedProvider.class, "", test -> tested.add(SuiteRun.idOf(test.getDisplayName()))));
        rightOnesFail.addAll(
                SuiteRun.launch(MutatedStore.class, "", test -> tested.add(SuiteRun.idOf(test.getDisplayName()))));
    }

    @Test
    @DisplayName("I1 no mutant passes: each one fails a test of the requirement that it breaks")
    void failEveryMutant(TestReporter report) throws IOException {
        List<String> table = new ArrayList<>();
        failed.forEach((mutant, by) -> table.add(String.format("%-60s found by %s", mutant, by)));
        Files.write(Path.of("target", "spi-mutants.txt"), table);
        report.publishEntry("mutants and the tests that found them", String.join("\n", table));
        List<String> passed = failed.entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(passed)
                .as("mutants that their requirement's tests did not find")
                .isEmpty();
        assertThat(rightOnesFail).as("what fails on stores that are right").isEmpty();
    }

    @Test
    @DisplayName(
            "I1 every requirement of docs/provider-spi.md has a test and a mutant, and every one of those a requirement")
    void coverEveryRequirement() throws IOException {
        assertThat(SuiteRun.required("provider-spi.md", "SPI")).hasSizeGreaterThan(30);
        assertThat(tested).as("tested").isEqualTo(SuiteRun.required("provider-spi.md", "SPI"));
        Set<String> mutated = new TreeSet<>();
        failed.keySet().forEach(mutant -> mutated.add(SuiteRun.idOf(mutant)));
        assertThat(mutated).as("mutants").isEqualTo(SuiteRun.required("provider-spi.md", "SPI"));
    }
}
