package io.parix.backup.architecture;

import io.parix.backup.architecture.RuleBook.Chapter;
import io.parix.backup.architecture.RuleBook.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Each rule of a book with the tests that are named after it.
 *
 * @param book the rules
 * @param tests the tests
 * @param without the rules that may be without a test, and why
 */
record RulesDocument(RuleBook book, List<NamedTest> tests, Map<String, String> without) {
    /** {@return the rules that no test names and that have no reason for it} */
    Set<String> unproven() {
        Set<String> ids = new TreeSet<>(book.ids());
        ids.removeAll(named());
        ids.removeAll(without.keySet());
        return ids;
    }

    /** {@return the rules that have a reason to be without a test and need none, or that are no rules} */
    Set<String> excusedForNothing() {
        Set<String> ids = new TreeSet<>(without.keySet());
        ids.removeIf(id -> book.ids().contains(id) && !named().contains(id));
        return ids;
    }

    String text() {
        return book.chapters().stream().map(this::overview).collect(Collectors.joining("\n"))
                + book.rules()
                        .filter(rule -> !testsOf(rule).isEmpty())
                        .map(this::section)
                        .collect(Collectors.joining());
    }

    private String overview(Chapter chapter) {
        return "## " + chapter.title() + "\n\n| rule | what it asks for | tests |\n|---|---|---|\n"
                + chapter.rules().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Rule rule) {
        List<NamedTest> tests = testsOf(rule);
        String id = tests.isEmpty()
                ? rule.id()
                : "[%s](#%s)".formatted(rule.id(), rule.id().toLowerCase(Locale.ROOT));
        String count = tests.isEmpty()
                ? "none: " + without.getOrDefault(rule.id(), "and nobody says why")
                : Integer.toString(tests.size());
        return "| %s | %s | %s |\n".formatted(id, rule.title(), count);
    }

    private String section(Rule rule) {
        return testsOf(rule).stream()
                .map(test -> "- %s `%s`: %s\n".formatted(shortened(test.module()), test.type(), test.words()))
                .collect(Collectors.joining("", "\n### " + rule.id() + "\n\n" + rule.title() + ".\n\n", ""));
    }

    private List<NamedTest> testsOf(Rule rule) {
        return tests.stream()
                .filter(test -> test.ids().contains(rule.id()))
                .sorted(Comparator.comparing(NamedTest::module)
                        .thenComparing(NamedTest::type)
                        .thenComparing(NamedTest::words))
                .toList();
    }

    private Set<String> named() {
        return tests.stream().flatMap(test -> test.ids().stream()).collect(Collectors.toSet());
    }

    private static String shortened(String module) {
        return module.replace("parix-backup-", "").replace("parix-", "");
    }
}
