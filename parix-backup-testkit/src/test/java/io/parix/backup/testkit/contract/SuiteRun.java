package io.parix.backup.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a suite on a mutant, within a test. */
final class SuiteRun {
    private static final Pattern ID = Pattern.compile("[A-Z]{3}-\\d\\d");

    private SuiteRun() {}

    /** Runs the tests of the requirement that a mutant breaks, and gives the names of those that fail. */
    static Set<String> attempt(Class<?> suite, String mutant) {
        return launch(suite, mutant, test -> {});
    }

    /** Runs the tests of a mutant's requirement, or all where it is empty, and gives the names of those that fail. */
    static Set<String> launch(Class<?> suite, String mutant, Consumer<TestIdentifier> each) {
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

    static String idOf(String name) {
        Matcher id = ID.matcher(name);
        return id.lookingAt() ? id.group() : "no id: " + name;
    }

    /** The numbers of a page's requirements that begin with these letters. */
    static Set<String> required(String page, String letters) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", page))) {
            return lines.filter(line -> line.startsWith("| " + letters + "-"))
                    .map(line -> idOf(line.substring(2)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
