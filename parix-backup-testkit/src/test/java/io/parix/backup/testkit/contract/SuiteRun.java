package io.parix.backup.testkit.contract;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * How a suite ended on a mutant, launched within a test.
 *
 * @param failed the names of the tests that failed, with what each failed by
 * @param skipped the names of those that were not verified
 * @param passed the names of those that found nothing wrong
 */
record SuiteRun(Map<String, Throwable> failed, Set<String> skipped, Set<String> passed) {
    /** Runs the tests of the requirement that a mutant breaks. */
    static SuiteRun on(Class<?> suite, String mutant) {
        return launch(suite, mutant, Requirement.idOf(mutant) + " ");
    }

    /**
     * Runs all tests on what is right.
     *
     * @param variant which of those that are right, see {@link Suite#rights}
     */
    static SuiteRun onARightOne(Class<?> suite, String variant) {
        return launch(suite, variant, "");
    }

    private static SuiteRun launch(Class<?> suite, String mutant, String prefix) {
        SuiteRun run = new SuiteRun(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        PostDiscoveryFilter own =
                test -> FilterResult.includedIf(test.getDisplayName().startsWith(prefix));
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionStarted(TestIdentifier test) {
                Tally.begin(test.getDisplayName());
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    run.note(test.getDisplayName(), result);
                }
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                run.skipped.add(test.getDisplayName());
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
        return run;
    }

    private void note(String test, TestExecutionResult result) {
        if (result.getStatus() == Status.FAILED) {
            failed.put(test, result.getThrowable().orElseThrow());
        } else if (result.getStatus() == Status.ABORTED) {
            skipped.add(test);
        } else {
            passed.add(test);
        }
    }
}
