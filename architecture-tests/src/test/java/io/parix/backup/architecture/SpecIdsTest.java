package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests carry the ids of the rules that they prove; an id that no rule has proves nothing. */
final class SpecIdsTest {
    /**
     * How many rules each chapter has: A asking, B the job, C what a backup holds, D the page, E eligibility, F restore,
     * G schedules, H retention, I embedding, J operation, and K the conditions of coherent images.
     */
    private static final Map<String, Integer> CHAPTERS = Map.ofEntries(
            Map.entry("A", 6),
            Map.entry("B", 8),
            Map.entry("C", 13),
            Map.entry("D", 6),
            Map.entry("E", 15),
            Map.entry("F", 9),
            Map.entry("G", 6),
            Map.entry("H", 12),
            Map.entry("I", 4),
            Map.entry("J", 5),
            Map.entry("K", 9));

    @Test
    void everyIdThatATestCarriesIsARule() {
        Set<String> carried = Repository.allTestSources().stream()
                .map(SourceTree::parse)
                .flatMap(source -> Tidy.specIds(source).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rules()).containsAll(carried);
    }

    @Test
    void anIdThatNoRuleHasIsCaught() {
        SourceTree source = SourceTree.parse(
                "A.java", "class A { @DisplayName(\"A7 and E15: no such\") @Tag(\"K10\") void t() {} }");
        assertThat(Tidy.specIds(source)).containsExactly("A7", "E15", "K10");
        assertThat(rules()).contains("E15", "K9").doesNotContain("A7", "K10", "A0");
    }

    private static Set<String> rules() {
        return CHAPTERS.entrySet().stream()
                .flatMap(chapter ->
                        IntStream.rangeClosed(1, chapter.getValue()).mapToObj(number -> chapter.getKey() + number))
                .flatMap(Stream::of)
                .collect(Collectors.toSet());
    }
}
