package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The suites of catalogs and dispatchers bite, as those of stores do in {@link MutantTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogMutantTest {
    /** The tests that failed, by mutant. */
    private final Map<String, Set<String>> failed = new TreeMap<>();

    private final Set<String> rightOnesFail = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();

    @BeforeAll
    void tryThemAll() {
        tryOn(MutatedCatalog.class, CatalogMutants.all().keySet());
        tryOn(MutatedDispatcher.class, DispatchMutants.all().keySet());
    }

    private void tryOn(Class<?> suite, Set<String> mutants) {
        mutants.forEach(mutant -> failed.put(mutant, SuiteRun.attempt(suite, mutant)));
        rightOnesFail.addAll(SuiteRun.launch(suite, "", test -> tested.add(SuiteRun.idOf(test.getDisplayName()))));
    }

    @Test
    @DisplayName("I1 no wrong catalog or dispatcher passes: each fails a test of the requirement that it breaks")
    void failEveryMutant() throws IOException {
        List<String> table = new ArrayList<>();
        failed.forEach((mutant, by) -> table.add(String.format(Locale.ROOT, "%-60s found by %s", mutant, by)));
        Files.write(Path.of("target", "catalog-mutants.txt"), table);
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
            "I1 every requirement of docs/catalog-spi.md has a test and a mutant, and every one of those a requirement")
    void coverEveryRequirement() throws IOException {
        Set<String> required = SuiteRun.required("catalog-spi.md", "CAT");
        required.addAll(SuiteRun.required("catalog-spi.md", "DSP"));
        assertThat(required).hasSizeGreaterThan(28);
        assertThat(tested).as("tested").isEqualTo(required);
        Set<String> mutated = new TreeSet<>();
        failed.keySet().forEach(mutant -> mutated.add(SuiteRun.idOf(mutant)));
        assertThat(mutated).as("mutants").isEqualTo(required);
    }
}
