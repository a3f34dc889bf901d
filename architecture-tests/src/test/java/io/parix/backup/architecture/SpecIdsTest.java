package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests carry the ids of the rules that they prove: no rule without a test, and no test for a rule that is none. */
final class SpecIdsTest {
    private static final RuleBook RULES = RuleBook.read("rules.txt");
    private static final Map<String, String> WITHOUT_A_TEST = Map.of();
    private static final Path DOCUMENT = Repository.root().resolve("docs/rules.md");
    private static final String PREFACE = """
            # The rules and their tests

            Every rule of Parix Backup, in short, with the tests whose names begin with its id; a rule that no test names says why.
            Drawn from the names by `SpecIdsTest`; do not edit. A class of tests that all prove a rule counts once.

            """;

    private static List<Carried> carried = List.of();

    /** What is kept of a source file; all trees at once are too many. */
    private record Carried(Set<String> ids, List<NamedTest> tests) {
        static Carried by(SourceTree source) {
            return new Carried(Tidy.specIds(source), NamedTest.in(source));
        }
    }

    @BeforeAll
    static void read() {
        carried = SourceTree.parse(Repository.allTestSources()).stream()
                .map(Carried::by)
                .toList();
    }

    @Test
    void everyIdThatATestCarriesIsARule() {
        Set<String> ids =
                carried.stream().flatMap(file -> file.ids().stream()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(RULES.ids()).containsAll(ids);
    }

    @Test
    void anIdThatNoRuleHasIsCaught() {
        SourceTree source = SourceTree.parse(
                "A.java", "class A { @DisplayName(\"A7 and E15: no such\") @Tag(\"K10\") void t() {} }");
        assertThat(Tidy.specIds(source)).containsExactly("A7", "E15", "K10");
        assertThat(RULES.ids()).contains("E15", "K9").doesNotContain("A7", "K10", "A0");
    }

    @Test
    void everyRuleHasATestOrAReason() {
        RulesDocument document = document();
        assertThat(document.unproven()).isEmpty();
        assertThat(document.excusedForNothing()).isEmpty();
    }

    @Test
    void aRuleWithoutATestAndAReasonThatIsNotNeededAreCaught() {
        SourceTree source = SourceTree.parse("module/src/A.java", """
                @DisplayName("Z1 Z-2, of the class")
                class A {
                    @ParameterizedTest(name = "Z3: {0} " + "of H2") void t() {}
                    @DisplayName("of Z4, later on") void u() {}
                }
                """);
        RuleBook book = RuleBook.parse("Z of Z\nZ1 one\nZ-2 two\nZ3 three\n\nY of Y\nZ4 four\nZ5 five\n");
        RulesDocument document = new RulesDocument(
                book, NamedTest.in(source), Map.of("Z5", "not yet", "Z3", "not needed", "Z6", "no rule"));

        assertThat(document.unproven()).containsExactly("Z4");
        assertThat(document.excusedForNothing()).containsExactly("Z3", "Z6");
        assertThat(document.text())
                .contains("| [Z1](#z1) | one | 1 |")
                .contains("| Z4 | four | none: and nobody says why |")
                .contains("| Z5 | five | none: not yet |")
                .contains("### Z-2\n\ntwo.\n\n- module `A`: of the class\n")
                .contains("- module `A`: {0} of H2\n")
                .doesNotContain("### Z4");
    }

    @Test
    void theDocumentIsWhatTheTestsSay() throws IOException {
        String text = PREFACE + document().text();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, text);
        }

        assertThat(DOCUMENT)
                .as("write it anew with: mvn test -pl architecture-tests -am -Dtest=SpecIdsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .hasContent(text);
    }

    private static RulesDocument document() {
        List<NamedTest> tests =
                carried.stream().flatMap(file -> file.tests().stream()).toList();
        return new RulesDocument(RULES, tests, WITHOUT_A_TEST);
    }
}
