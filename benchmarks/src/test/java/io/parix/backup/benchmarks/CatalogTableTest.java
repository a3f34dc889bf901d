package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogTableTest {
    private final CatalogTable table = new CatalogTable(
            CatalogSize.FULL,
            "18.6",
            List.of(
                    CatalogBar.HISTORY_PAGE.of(0.004, 0.001),
                    CatalogBar.DUE_SCHEDULES.of(0.021, 0.001),
                    CatalogBar.DUE_JOBS.of(0.0075, 0.001),
                    CatalogBar.ALL_OF_ONE.of(0.041, 0.001),
                    CatalogBar.DISPATCH.of(600, 1_000)));

    @Test
    void aRowHoldsBothFiguresTheRatioTheBarsAndTheVerdict() {
        assertThat(table.lines())
                .anyMatch(row -> row.startsWith("| a page of 50")
                        && row.endsWith("| 4.000 ms | 1.000 ms | 4.00 | ≤ 8.00 | ≤ 3.00 | reached |"))
                .anyMatch(row ->
                        row.startsWith("| due schedules") && row.endsWith("| 21.00 | ≤ 20.00 | ≤ 8.00 | missed |"))
                .anyMatch(row ->
                        row.startsWith("| the due jobs") && row.endsWith("| 7.50 | ≤ 20.00 | ≤ 8.00 | aim reached |"))
                .anyMatch(row ->
                        row.startsWith("| all backups") && row.endsWith("| 41.00 | ≤ 40.00 | ≤ 15.00 | missed |"))
                .anyMatch(row -> row.startsWith("| dispatch")
                        && row.endsWith("| 600 /s | 1,000 /s | 0.60 | ≥ 0.30 | ≥ 0.60 | aim reached |"));
    }

    @Test
    void moreIsBetterForDispatchOnly() {
        assertThat(CatalogBar.DISPATCH.verdict(0.59)).isEqualTo("reached");
        assertThat(CatalogBar.DISPATCH.verdict(0.29)).isEqualTo("missed");
        assertThat(CatalogBar.HISTORY_PAGE.verdict(3)).isEqualTo("aim reached");
        assertThat(CatalogBar.HISTORY_PAGE.verdict(8.01)).isEqualTo("missed");
    }

    @Test
    void everyRowHasAsManyCellsAsTheHead() {
        assertThat(table.lines())
                .hasSize(7)
                .allSatisfy(row ->
                        assertThat(row.chars().filter(c -> c == '|')).as(row).hasSize(8));
    }

    @Test
    void theSectionSaysWhenOnWhatAndOfWhat() {
        assertThat(table.section("2026-11-26", new Machine(2, "a model", "24 GB", "Linux 6")))
                .startsWith(CatalogTable.HEADING)
                .contains("- 2026-11-26", "- 2 cores, a model")
                .anyMatch(line -> line.contains("PostgreSQL 18.6"))
                .anyMatch(line -> line.contains("100,000 databases, 1,000,000 backups, 400 of them of one"))
                .containsAll(table.lines());
    }
}
