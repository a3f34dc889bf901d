package io.parix.backup.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison as Markdown: for a terminal the table, for {@code docs/performance.md} a section. */
final class PerformancePage {
    private static final int GUIDED_ROW = 4;

    private final Store store;
    private final List<Outcome> outcomes;

    PerformancePage(Store store, List<Outcome> outcomes) {
        this.store = store;
        this.outcomes = List.copyOf(outcomes);
    }

    /** {@return the rows, medians of every contender, and where Parix and its baseline both ran their ratio} */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("| what |");
        StringBuilder rule = new StringBuilder("|---|");
        outcomes.forEach(outcome -> {
            head.append(' ').append(outcome.contender().name()).append(" |");
            rule.append("---:|");
        });
        lines.add(head + " parix ÷ " + store.baseline() + " | must | aim | |");
        lines.add(rule + "---:|---:|---:|---|");
        store.bars().forEach(bar -> lines.add(row(bar)));
        if (store == Store.LOCAL) {
            lines.add(
                    GUIDED_ROW,
                    "| second backup after 1 % changed, guided |" + "  |".repeat(outcomes.size())
                            + " | – | ≤ 0.10 | not built yet |");
        }
        StringBuilder memory = new StringBuilder("| peak resident memory of any stage |");
        outcomes.forEach(outcome -> memory.append(' ')
                .append(Figures.mebibytes(outcome.peakBytes()))
                .append(" |"));
        lines.add(memory + " | | | |");
        return lines;
    }

    /**
     * The section of the page.
     *
     * @param date the day of the measurement
     * @param machine what it was measured on
     * @param setting how: the command, the data, the number of runs
     * @return its lines
     */
    List<String> section(String date, Machine machine, List<String> setting) {
        List<String> lines = new ArrayList<>(List.of(
                store.heading(),
                "",
                "Whole processes, timed from start to exit and compared in one run; medians. Written by `"
                        + store.command() + "`.",
                ""));
        lines.add("- " + date);
        machine.lines().forEach(line -> lines.add("- " + line));
        setting.forEach(line -> lines.add("- " + line));
        lines.add("");
        lines.addAll(table());
        lines.addAll(List.of("", "### What each does and does not do", ""));
        for (Outcome outcome : outcomes) {
            outcome.contender()
                    .notes()
                    .forEach(note -> lines.add("- **" + outcome.contender().name() + "**: " + note));
        }
        lines.addAll(List.of(
                "",
                "All find the data in the page cache, dirty pages are written out before each stage, and every restored file",
                "is compared with the original byte for byte; a difference stops the measurement."));
        return lines;
    }

    private String row(Bar bar) {
        StringBuilder line = new StringBuilder("| " + bar.words() + " |");
        outcomes.forEach(outcome -> line.append(' ')
                .append(bar.written().of(bar.figure().applyAsDouble(outcome)))
                .append(" |"));
        Optional<Double> ratio = figure(bar, "parix")
                .flatMap(ours -> figure(bar, store.baseline()).map(baseline -> Figures.ratio(ours, baseline)));
        line.append(' ').append(ratio.map(Figures::plain).orElse("")).append(" |");
        line.append(" ≤ ")
                .append(Figures.plain(bar.must()))
                .append(" | ≤ ")
                .append(Figures.plain(bar.aim()))
                .append(" | ");
        return line + ratio.map(bar::verdict).orElse("") + " |";
    }

    private Optional<Double> figure(Bar bar, String name) {
        return outcomes.stream()
                .filter(outcome -> outcome.contender().name().equals(name))
                .map(outcome -> bar.figure().applyAsDouble(outcome))
                .findFirst();
    }
}
