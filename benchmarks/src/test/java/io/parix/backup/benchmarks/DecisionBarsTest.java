package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class DecisionBarsTest {
    @Test
    void eachBarIsABenchmarkBesideItsBaseline() {
        assertThat(DecisionBar.values())
                .allSatisfy(bar -> assertThat(Arrays.stream(bar.benchmark().getMethods())
                                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                                .map(Method::getName))
                        .contains(bar.method(), DecisionBar.BASELINE));
    }

    @Test
    void aRowHoldsBothFiguresTheRatioTheBarsAndTheVerdict() {
        assertThat(DecisionBar.NEXT_RUN.row(0.5, 0.1))
                .endsWith("| 0.50 µs | 0.10 µs | 5.00 | ≤ 10.00 | ≤ 5.00 | aim reached |");
        assertThat(DecisionBar.NEXT_RUN.verdict(10)).isEqualTo("reached");
        assertThat(DecisionBar.NEXT_RUN.verdict(10.01)).isEqualTo("missed");
    }

    @Test
    void aPageAsksTheCatalogEquallyOftenForAnyNumberOfRows() {
        try (FilledPage page = FilledPage.of("memory")) {
            assertThat(page.queries(10)).isPositive().isEqualTo(page.queries(FilledPage.ROWS));
            assertThat(page.backups()).hasSize(FilledPage.BACKUPS);
        }
        assertThat(DecisionBars.queries()).hasSize(1);
    }

    @Test
    void theBenchmarksDoTheirWork() {
        assertThat(new NextRuns().next().at()).isAfter(new NextRuns().baseline().minusSeconds(86_400));
        RetentionPlans plans = new RetentionPlans();
        plans.backups = 400;
        plans.fill();
        assertThat(plans.plan().decisions()).hasSameSizeAs(plans.baseline()).hasSize(400);
        PageModels models = new PageModels();
        models.catalog = "h2";
        models.fill();
        assertThat(models.page().rows()).hasSize(FilledPage.ROWS);
        assertThat(models.baseline()).hasSize(FilledPage.BACKUPS);
        models.close();
    }

    @Test
    void theSectionSaysWhenAndOnWhat() {
        Machine machine = new Machine(2, "a model", "24 GB", "Linux 6");
        assertThat(DecisionBars.section("2026-11-26", machine, List.of("| a |"), List.of("seven")))
                .startsWith(DecisionBars.HEADING)
                .contains("- 2026-11-26", "- 2 cores, a model", "| a |", "seven");
    }

    @Test
    void optionsAreReadAndOthersRefused() {
        assertThat(PageOptions.parse(List.of())).isEqualTo(new PageOptions(false, Optional.empty()));
        assertThat(PageOptions.parse(List.of("--quick", "--page", "/p.md")))
                .isEqualTo(new PageOptions(true, Optional.of(Path.of("/p.md"))));
        assertThatThrownBy(() -> PageOptions.parse(List.of("--page"))).hasMessageContaining(PageOptions.USAGE);
        assertThatThrownBy(() -> PageOptions.parse(List.of("--fast"))).hasMessageContaining(PageOptions.USAGE);
    }
}
