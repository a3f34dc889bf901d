package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import io.parix.backup.Check.Outcome;
import io.parix.backup.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the checks of one report, a bounded number for each code; what goes beyond is counted. */
final class Findings {
    /** How many findings of one code are listed one by one. */
    static final int LISTED = 16;

    private final String rule;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Findings(String rule) {
        this.rule = rule;
    }

    void pass(String code, String found, String sentence) {
        add(code, Outcome.PASS, "", found, sentence);
    }

    void warn(String code, String expected, String found, String sentence) {
        add(code, Outcome.WARN, expected, found, sentence);
    }

    void fail(String code, String expected, String found, String sentence) {
        add(code, Outcome.FAIL, expected, found, sentence);
    }

    private void add(String code, Outcome outcome, String expected, String found, String sentence) {
        if (counts.merge(code, 1, Integer::sum) <= LISTED) {
            checks.add(new Check(rule, code, outcome, expected, found, sentence));
        }
    }

    /** {@return whether something failed} */
    boolean failed() {
        return checks.stream().anyMatch(Check::failed);
    }

    Report report() {
        List<Check> all = new ArrayList<>(checks);
        counts.forEach((code, count) -> {
            if (count > LISTED) {
                all.add(rest(code, count));
            }
        });
        return new Report(all);
    }

    private Check rest(String code, int count) {
        Outcome outcome = checks.stream()
                .filter(c -> c.code().equals(code))
                .map(Check::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.FAIL);
        String sentence = "There are " + (count - LISTED) + " more findings of this kind, " + count + " in all.";
        return new Check(rule, code, outcome, "none", Integer.toString(count), sentence);
    }
}
