package io.parix.backup.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code benchmarks/run page}: what the library decides and shows, by JMH, and how often a page asks the catalog. */
public final class DecisionBars {
    static final String HEADING = "## Decisions and the page";

    private static final int FEW = 10;

    private DecisionBars() {}

    /**
     * Measures.
     *
     * @param arguments see {@code benchmarks/run}
     */
    public static void main(String[] arguments) throws RunnerException {
        try {
            PageOptions options = PageOptions.parse(List.of(arguments));
            List<String> table = table(new Runner(jmh(options.quick())).run());
            List<String> queries = queries();
            table.forEach(System.out::println);
            queries.forEach(System.out::println);
            Optional<Path> page = options.page();
            if (page.isPresent()) {
                String date = LocalDate.now(ZoneOffset.UTC).toString();
                PageSections.write(page.get(), section(date, Machine.here(), table, queries));
                System.out.println("Written to " + page.get());
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Options jmh(boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        for (Class<?> each : List.of(NextRuns.class, RetentionPlans.class, PageModels.class)) {
            options.include(each.getName().replace(".", "\\.") + "\\.");
        }
        if (quick) {
            options.warmupTime(TimeValue.milliseconds(50)).measurementTime(TimeValue.milliseconds(50));
        }
        return options.build();
    }

    private static List<String> table(Collection<RunResult> results) {
        List<String> lines = new ArrayList<>(List.of(
                "| what | measured | compared with | ratio | must | aim | |", "|---|---:|---:|---:|---:|---:|---|"));
        for (DecisionBar bar : DecisionBar.values()) {
            lines.add(bar.row(score(results, bar, bar.method()), score(results, bar, DecisionBar.BASELINE)));
        }
        return lines;
    }

    /** The score of the one benchmark of a name and, where it has a parameter, of its value. */
    private static double score(Collection<RunResult> results, DecisionBar bar, String method) {
        String name = bar.benchmark().getName() + "." + method;
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().equals(name))
                .filter(result -> result.getParams().getParamsKeys().stream()
                        .allMatch(key -> result.getParams().getParam(key).equals(bar.parameter())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH did not measure " + name + " " + bar.parameter()))
                .getPrimaryResult()
                .getScore();
    }

    /** {@return how often pages of few and of many rows ask the catalog, in words} */
    static List<String> queries() {
        try (FilledPage page = FilledPage.of("memory")) {
            return List.of(String.format(
                    Locale.ROOT,
                    "A page of %d rows asks the catalog %d times, one of %d rows %d times.",
                    FEW,
                    page.queries(FEW),
                    FilledPage.ROWS,
                    page.queries(FilledPage.ROWS)));
        }
    }

    static List<String> section(String date, Machine machine, List<String> table, List<String> queries) {
        List<String> lines = new ArrayList<>(List.of(
                HEADING,
                "",
                "Written by `benchmarks/run page`: means of JMH, five seconds each, and of each figure what it is compared with, in one run.",
                "",
                "- " + date));
        machine.lines().forEach(line -> lines.add("- " + line));
        lines.add("");
        lines.addAll(table);
        lines.add("");
        lines.addAll(queries);
        lines.addAll(
                List.of(
                        "A call of the catalog is a statement or two, and none of the page's goes to a storage provider. The page has the history with",
                        "eligibility and expiry of each row, the sum of a selection, schedule, retention and the create action; the backups alone are one",
                        "query and its rows read. A plan has a decision with its reason for each backup. The bars come from the first figures, to keep",
                        "them; those of the page scatter by half and more from one run to the next on a machine that does other things as well."));
        return lines;
    }
}
