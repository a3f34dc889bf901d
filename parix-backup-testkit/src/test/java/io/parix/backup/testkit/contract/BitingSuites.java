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
import org.junit.platform.commons.JUnitException;

/** Suites bite: a mutant is found by a test of the requirement that it breaks, what is right passes, and no test finds nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BitingSuites {
    private final String table;
    private final List<Suite> suites;

    /** How the suites ended, by mutant. */
    private final Map<String, SuiteRun> tried = new TreeMap<>();

    /** How they ended on what is right, by the numbers that do not apply to it. */
    private final List<Map.Entry<Set<String>, SuiteRun>> right = new ArrayList<>();

    /** For suites, and what the table of their mutants is called. */
    BitingSuites(String table, Suite... suites) {
        this.table = table;
        this.suites = List.of(suites);
    }

    @BeforeAll
    void tryThemAll() {
        suites.forEach(suite -> {
            suite.mutants().forEach(mutant -> tried.put(mutant, SuiteRun.on(suite.mutated(), mutant)));
            suite.rights()
                    .forEach((name, beside) ->
                            right.add(Map.entry(beside, SuiteRun.onARightOne(suite.mutated(), name))));
        });
    }

    @Test
    @DisplayName("I1 no mutant passes: each one fails a test of the requirement that it breaks")
    void failEveryMutant() throws IOException {
        List<String> lines = new ArrayList<>();
        tried.forEach((mutant, run) -> lines.add(String.format(
                Locale.ROOT, "%-60s found by %s", mutant, run.failed().keySet())));
        Files.write(Path.of("target", table + "-mutants.txt"), lines);

        assertThat(tried).isNotEmpty();
        assertThat(tried.entrySet().stream().filter(e -> e.getValue().failed().isEmpty()))
                .as("mutants that their requirement's tests did not find")
                .isEmpty();
    }

    @Test
    @DisplayName(
            "I1 what is right passes every test, none skipped that applies, and the tests that run are those of the matrix")
    void passWhatIsRight() {
        Set<String> passed = new TreeSet<>();
        right.forEach(each -> passed.addAll(each.getValue().passed()));

        assertThat(passed).isEqualTo(declared());
        assertThat(right).allSatisfy(each -> {
            SuiteRun run = each.getValue();
            assertThat(run.failed()).isEmpty();
            assertThat(run.skipped().stream().map(Requirement::idOf).distinct())
                    .as("what is skipped is what is not claimed")
                    .containsExactlyInAnyOrderElementsOf(each.getKey());
        });
    }

    @Test
    @DisplayName("I1 a mutant is found for what it does, not for failing where the suite does not even look")
    void findByWhatIsWrong() {
        assertThat(tried)
                .allSatisfy((mutant, run) -> assertThat(run.failed().values())
                        .doesNotHaveAnyElementsOfTypes(
                                NullPointerException.class,
                                ClassCastException.class,
                                IllegalArgumentException.class,
                                UnsupportedOperationException.class,
                                LinkageError.class,
                                JUnitException.class));
    }

    @Test
    @DisplayName("I1 no test finds nothing: each one finds a mutant of its requirement")
    void letNoTestBeIdle() {
        Set<String> idle = declared();
        tried.values().forEach(run -> idle.removeAll(run.failed().keySet()));

        assertThat(idle).as("tests that no mutant fails").isEmpty();
    }

    private Set<String> declared() {
        Set<String> names = new TreeSet<>();
        suites.forEach(suite -> suite.cases().stream().map(Suite.Case::name).forEach(names::add));
        return names;
    }
}
