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

/** Suites bite: each requirement is written down, has a test, and a mutant that this test finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BitingSuites {
    private final Requirements requirements;
    private final Map<Class<?>, Set<String>> mutants;

    /** The tests that failed, by mutant. */
    private final Map<String, Set<String>> failed = new TreeMap<>();

    private final Set<String> rightOnesFail = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();

    /**
     * Where requirements are written down.
     *
     * @param page of {@code docs}
     * @param letters what their numbers begin with
     * @param atLeast how many there are at least
     * @param table what the table of mutants is called
     */
    record Requirements(String page, List<String> letters, int atLeast, String table) {
        /** Calls the table after the first letters. */
        Requirements(String page, List<String> letters, int atLeast) {
            this(page, letters, atLeast, letters.get(0).toLowerCase(Locale.ROOT));
        }

        Set<String> ids() throws IOException {
            Set<String> ids = new TreeSet<>();
            for (String each : letters) {
                ids.addAll(SuiteRun.required(page, each));
            }
            return ids;
        }
    }

    /** For the suites and the names of the mutants that each is tried on. */
    BitingSuites(Requirements requirements, Map<Class<?>, Set<String>> mutants) {
        this.requirements = requirements;
        this.mutants = mutants;
    }

    @BeforeAll
    void tryThemAll() {
        mutants.forEach((suite, names) -> {
            names.forEach(mutant -> failed.put(mutant, SuiteRun.attempt(suite, mutant)));
            rightOnesFail.addAll(SuiteRun.launch(suite, "", test -> tested.add(SuiteRun.idOf(test.getDisplayName()))));
        });
    }

    @Test
    @DisplayName("I1 no mutant passes: each one fails a test of the requirement that it breaks")
    void failEveryMutant() throws IOException {
        List<String> table = new ArrayList<>();
        failed.forEach((mutant, by) -> table.add(String.format(Locale.ROOT, "%-60s found by %s", mutant, by)));
        Files.write(Path.of("target", requirements.table() + "-mutants.txt"), table);
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
    @DisplayName("I1 every requirement of the page has a test and a mutant, and every one of those a requirement")
    void coverEveryRequirement() throws IOException {
        Set<String> required = requirements.ids();
        assertThat(required).hasSizeGreaterThanOrEqualTo(requirements.atLeast());
        assertThat(tested).as("tested").isEqualTo(required);
        Set<String> mutated = new TreeSet<>();
        failed.keySet().forEach(mutant -> mutated.add(SuiteRun.idOf(mutant)));
        assertThat(mutated).as("mutants").isEqualTo(required);
    }
}
