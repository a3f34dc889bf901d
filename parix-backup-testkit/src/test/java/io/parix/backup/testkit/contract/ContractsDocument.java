package io.parix.backup.testkit.contract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix of requirements, tests and mutants, as the suites declare it. */
final class ContractsDocument {
    private static final String BEGINNING = """
            # Requirements, tests, mutants

            Drawn from the testkit's suites by `ContractsDocumentTest`; do not edit. What a storage provider, a catalog, a dispatcher and a host must do is
            numbered. Here are, for each number, the tests of the contract suites that prove it, and the mutants that prove the tests: implementations that are wrong
            on purpose, each in one way. A mutant is tried on the tests of its own number and on no others. The build fails

            - if a mutant passes, if a test finds none, or if what is right fails a test, or skips one that applies (`MutantTest`, `VolumeMutantTest`, `CatalogMutantTest` and
              `HostMutantTest`, which write which test found which mutant to `parix-backup-testkit/target/*-mutants.txt`);
            - if a number of any page has no test or no mutant, or if a test or a mutant has a number that its page has not (`ContractMatrixTest`).

            No requirement is without a mutant.

            ## Who is held to what

            The test classes of this repository that run a whole suite.

            | contract | requirements | run by |
            |---|---|---|
            """;

    private ContractsDocument() {}

    static String text() throws IOException {
        StringBuilder out = new StringBuilder(BEGINNING);
        List<Implementation> all = Implementation.all();
        for (Suite suite : Suite.values()) {
            out.append(
                    "| `%s` | %s to %s | %s |\n".formatted(name(suite), first(suite), last(suite), runs(suite, all)));
        }
        for (Suite suite : Suite.values()) {
            out.append("\n## `").append(name(suite)).append("`\n\n").append(section(suite));
        }
        return out.toString();
    }

    private static String name(Suite suite) {
        return suite.contract().getSimpleName();
    }

    private static String first(Suite suite) {
        return suite.cases().get(0).id();
    }

    private static String last(Suite suite) {
        return suite.cases().get(suite.cases().size() - 1).id();
    }

    private static String runs(Suite suite, List<Implementation> all) {
        Map<String, List<String>> byModule = all.stream()
                .filter(each -> each.isHeldTo(name(suite), all))
                .filter(each -> !each.test().equals(suite.mutated().getSimpleName()))
                .collect(Collectors.groupingBy(
                        Implementation::module,
                        TreeMap::new,
                        Collectors.mapping(each -> "`" + each.test() + "`", Collectors.toList())));
        return byModule.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue().stream().sorted().collect(Collectors.joining(", ")))
                .collect(Collectors.joining("<br>"));
    }

    private static String section(Suite suite) throws IOException {
        Map<String, String> demands = new TreeMap<>();
        Requirement.of(suite.page()).forEach(each -> demands.put(each.id(), each.demand()));
        StringBuilder out = new StringBuilder("%d requirements of [%s](%s), %d tests, %d mutants.\n\n"
                        .formatted(
                                suite.ids().size(),
                                suite.page(),
                                suite.page(),
                                suite.cases().size(),
                                suite.mutants().size()))
                .append("| requirement | what it demands | tests | mutants that they find |\n|---|---|---|---|\n");
        for (String id : suite.ids()) {
            out.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            id,
                            demands.get(id),
                            lines(suite.cases().stream()
                                    .filter(each -> each.id().equals(id))
                                    .map(each -> "`" + each.method() + "`")),
                            lines(suite.mutants().stream()
                                    .filter(each -> Requirement.idOf(each).equals(id))
                                    .map(Requirement::wordsOf))));
        }
        return out.toString();
    }

    private static String lines(Stream<String> all) {
        return all.collect(Collectors.joining("<br>"));
    }
}
