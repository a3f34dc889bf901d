package io.parix.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every check that was made, in the order of the rules, passed or not; it never stops at the first failure.
 *
 * @param checks the checks, at most one per rule, code and subject
 */
public record Report(List<Check> checks) {
    private static final Report EMPTY = new Report(List.of());

    /** Copies the list. */
    public Report {
        checks = List.copyOf(checks);
    }

    /** {@return the report of nothing, which passes} */
    public static Report empty() {
        return EMPTY;
    }

    /** {@return whether no check failed; warnings do not fail} */
    public boolean passed() {
        return checks.stream().noneMatch(Check::failed);
    }

    /** {@return the checks that failed} */
    public List<Check> failures() {
        return checks.stream().filter(Check::failed).toList();
    }

    /** {@return the checks that warn} */
    public List<Check> warnings() {
        return checks.stream().filter(c -> c.outcome() == Check.Outcome.WARN).toList();
    }

    /**
     * Joins two reports.
     *
     * @param more what follows
     * @return the checks of both, these first
     */
    public Report and(Report more) {
        List<Check> all = new ArrayList<>(checks);
        all.addAll(more.checks);
        return new Report(all);
    }

    /** {@return the sentences of the failures in one line, each once, for a message} */
    public String reasons() {
        return failures().stream().map(Check::sentence).distinct().collect(Collectors.joining(" "));
    }
}
