package io.parix.backup.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The catalog's bars as Markdown.
 *
 * @param size of what
 * @param postgres the version of the server
 * @param measured the figures, in the order of the page
 */
record CatalogTable(CatalogSize size, String postgres, List<CatalogBar.Measured> measured) {
    static final String HEADING = "## The catalog, on PostgreSQL";

    /** Copies the list. */
    CatalogTable {
        measured = List.copyOf(measured);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "| what | measured | compared with | ratio | must | aim | |", "|---|---:|---:|---:|---:|---:|---|"));
        for (CatalogBar.Measured each : measured) {
            lines.add(each.row());
        }
        return lines;
    }

    /**
     * The section of the page.
     *
     * @param date the day of the measurement
     * @param machine what it was measured on
     * @return its lines
     */
    List<String> section(String date, Machine machine) {
        List<String> lines = new ArrayList<>(List.of(
                HEADING,
                "",
                "Written by `benchmarks/run catalog`. Both sides of a ratio are measured in turn, in one run, on one pool.",
                "",
                "- " + date));
        machine.lines().forEach(line -> lines.add("- " + line));
        lines.add("- PostgreSQL " + postgres + " on the same machine, started for this, with fsync");
        lines.add(String.format(
                Locale.ROOT,
                "- %,d databases, %,d backups, %d of them of one database, else about %d; the newest of each waits, and"
                        + " %d are due",
                size.databases(),
                size.backups(),
                size.most(),
                size.backups() / size.databases(),
                size.due()));
        lines.add("- queries: medians of " + size.repetitions() + "; dispatch: medians of " + size.rounds()
                + " rounds of " + size.jobs() + " jobs and " + size.tasks() + " tasks, " + DispatchBar.THREADS
                + " threads either way");
        lines.add("");
        lines.addAll(lines());
        lines.addAll(
                List.of(
                        "",
                        "- The rows are copies of backups that the library made itself, and of one schedule with a payload of 300",
                        "  characters, such as the engine does not make yet; a query is the catalog's method and reads",
                        "  every column. What it is compared with is one prepared statement on a connection of the same pool.",
                        "- A job goes through the engine's loop as a backup does, with its claim, its five steps, its events and its",
                        "  segment, and nothing is done between the writes; events are handed out. Its insertion is not counted."));
        return lines;
    }
}
