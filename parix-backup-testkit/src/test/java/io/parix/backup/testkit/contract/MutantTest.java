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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The suites bite: each requirement is written down, has a test, and a mutant that this test finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantTest {
    private static final Pattern ID = Pattern.compile("SPI-\\d\\d");

    /** The tests that failed, by mutant. */
    private final Map<String, Set<String>> failed = new TreeMap<>();

    private final Set<String> rightOnesFail = new TreeSet<>();
    private final Set<String> tested = new TreeSet<>();

    @BeforeAll
    void tryThemAll() {
        ProviderMutants.ALL.keySet().forEach(mutant -> failed.put(mutant, attempt(MutatedProvider.class, mutant)));
        StoreMutants.all().keySet().forEach(mutant -> failed.put(mutant, attempt(MutatedStore.class, mutant)));
        rightOnesFail.addAll(launch(MutatedProvider.class, "", test -> tested.add(idOf(test.getDisplayName()))));
        rightOnesFail.addAll(launch(MutatedStore.class, "", test -> tested.add(idOf(test.getDisplayName()))));
    }

    /** Runs the tests of the requirement that a mutant breaks. */
    private static Set<String> attempt(Class<?> suite, String mutant) {
        return launch(suite, mutant, test -> {});
    }

    private static Set<String> launch(Class<?> suite, String mutant, Consumer<TestIdentifier> each) {
        Set<String> failures = new TreeSet<>();
        PostDiscoveryFilter own = test -> FilterResult.includedIf(
                mutant.isEmpty() || test.getDisplayName().startsWith(idOf(mutant)));
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    each.accept(test);
                }
                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failures.add(test.getDisplayName());
                }
            }
        };
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(suite))
                                .filters(own)
                                .configurationParameter(MutantName.PARAMETER, mutant)
                                .build(),
                        listener);
        return failures;
    }

    private static String idOf(String name) {
        Matcher id = ID.matcher(name);
        return id.lookingAt() ? id.group() : "no id: " + name;
    }

    private static Set<String> required() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "provider-spi.md"))) {
            return lines.filter(line -> line.startsWith("| SPI-"))
                    .map(line -> idOf(line.substring(2)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
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
        assertThat(required()).hasSizeGreaterThan(30);
        assertThat(tested).as("tested").isEqualTo(required());
        Set<String> mutated = new TreeSet<>();
        failed.keySet().forEach(mutant -> mutated.add(idOf(mutant)));
        assertThat(mutated).as("mutants").isEqualTo(required());
    }
}
