package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PerformancePageTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1L << 20;

    private final Outcome parix = outcome(new Parix("none", List.of()), 2);
    private final Outcome restic = outcome(new Restic("restic 0.14.0"), 10);

    @Test
    void aRowHoldsTheMediansTheRatioTheBarsAndTheVerdict() {
        assertThat(new PerformancePage(Store.LOCAL, List.of(parix, restic)).table())
                .startsWith(
                        "| what | parix | restic | parix ÷ restic | must | aim | |",
                        "|---|---:|---:|---:|---:|---:|---|",
                        "| first backup | 2.00 s | 10.00 s | 0.20 | ≤ 0.40 | ≤ 0.22 | aim reached |",
                        "| second backup after 1 % changed, full read | 4.00 s | 10.00 s | 0.40 | ≤ 0.50 | ≤ 0.30 | reached |",
                        "| second backup after 1 % changed, guided |  |  | | – | ≤ 0.10 | not built yet |",
                        "| restore, on the disk | 12.00 s | 10.00 s | 1.20 | ≤ 0.80 | ≤ 0.50 | missed |");
    }

    @Test
    void onS3TheBarsAreOthersAndNothingIsGuided() {
        List<String> table = new PerformancePage(Store.S3, List.of(parix, restic)).table();
        assertThat(table)
                .contains("| first backup | 2.00 s | 10.00 s | 0.20 | ≤ 0.60 | ≤ 0.30 | aim reached |")
                .noneMatch(line -> line.contains("guided"));
    }

    @Test
    void everyRowHasAsManyCellsAsTheHead() {
        for (List<Outcome> outcomes : List.of(List.of(restic), List.of(parix), List.of(parix, restic))) {
            List<String> table = new PerformancePage(Store.LOCAL, outcomes).table();
            long cells = cells(table.get(0));
            assertThat(table)
                    .allSatisfy(line -> assertThat(cells(line)).as(line).isEqualTo(cells));
        }
    }

    @Test
    void withoutOursOrTheBaselineThereIsNoRatioAndNoVerdict() {
        assertThat(new PerformancePage(Store.LOCAL, List.of(restic)).table())
                .noneMatch(line -> line.contains("reached"));
        assertThat(new PerformancePage(Store.LOCAL, List.of(parix)).table())
                .anyMatch(line -> line.startsWith("| first backup | 2.00 s |  | ≤ 0.40"));
    }

    @Test
    void theSectionSaysWhenOnWhatAndWhatEachDoes() {
        Machine machine = new Machine(2, "a model", "24 GB", "Linux 6");
        List<String> section = new PerformancePage(Store.LOCAL, List.of(parix, restic))
                .section("2026-11-23", machine, List.of("5 runs"));
        assertThat(section)
                .startsWith(Store.LOCAL.heading())
                .contains("- 2026-11-23", "- 2 cores, a model", "- memory 24 GB", "- Linux 6", "- 5 runs")
                .anyMatch(line -> line.contains("always encrypts"))
                .anyMatch(line -> line.contains("fsynced"));
    }

    @Test
    void aRatioThatEqualsABarReachesIt() {
        Bar bar = Bar.LOCAL.get(0);
        assertThat(bar.verdict(0.22)).isEqualTo("aim reached");
        assertThat(bar.verdict(0.23)).isEqualTo("reached");
        assertThat(bar.verdict(0.40)).isEqualTo("reached");
        assertThat(bar.verdict(0.41)).isEqualTo("missed");
    }

    private static long cells(String line) {
        return line.chars().filter(character -> character == '|').count();
    }

    /** Stages that take one, two and six times as long for ours, and always ten seconds for the baseline. */
    private static Outcome outcome(Contender contender, long seconds) {
        boolean ours = contender instanceof Parix;
        Outcome outcome = new Outcome(contender);
        outcome.add(Stage.FIRST_BACKUP, new Measured(seconds * SECOND, 100 * MIB), 50 * MIB);
        outcome.add(Stage.SECOND_BACKUP, new Measured((ours ? 2 * seconds : seconds) * SECOND, 0), 51 * MIB);
        outcome.add(Stage.RESTORE, new Measured((ours ? 6 * seconds : seconds) * SECOND, 0), 51 * MIB);
        return outcome;
    }
}
