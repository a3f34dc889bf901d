package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlantedPageTest {
    private static final Path PAGE = Path.of("..", "docs", "testkit.md");

    /** Invariants that no planted defect must be found by, with the reason. */
    private static final Map<Invariant, String> UNBROKEN = new TreeMap<>(
            Map.of(
                    Invariant.MOVES_ARE_LEGAL,
                    "The types of the states and the check of each move would have to be wrong at once: no single change makes one.",
                    Invariant.ENDS_AS_ASKED,
                    "Looked at where every crash is enumerated, not in the simulation.",
                    Invariant.REBUILT_IS_HELD,
                    "Looked at where every crash is enumerated: no simulated user loses the catalog.",
                    Invariant.RUN_ENDS,
                    "`CLOCK_STANDS` breaks it on one seed or another; that a run which hangs is found is tried where failed runs are made shorter.",
                    Invariant.KEPT_STAYS,
                    "Changed bytes are refused by their checksums when they are read: then *what is kept can be restored* is broken instead."));

    /** Rules of B, C, F, G and H that no invariant is of, and what a run has of them. */
    private static final Map<String, String> WITHOUT_INVARIANT = new TreeMap<>(
            Map.of(
                    "C5",
                    "Hosts hand out half an image; a backup that completes nevertheless does not hold, byte for byte, what its images held.",
                    "C7",
                    "Hosts hand out images that change while they are read; `MOVED_IMAGES_DO` shows that this is found.",
                    "C13",
                    "Keys are rotated and destroyed, and key ports fail; `KEYS_ARE_FORGOTTEN` shows that what cannot be opened is found.",
                    "F2",
                    "What is offered and restored fits its database: looked at when a restore is let in, and when it begins. Other reasons are not compared.",
                    "F8",
                    "A restore has the place of its database's workflows, so no backup waits behind it. That the next run is computed afresh is not looked at.",
                    "F9",
                    "Not simulated: there is no drill to be asked for yet.",
                    "G1",
                    "Not simulated: the contract of catalogs asks for one row a database.",
                    "H8",
                    "No backup is removed before its time, which counts from its completion; `RETENTION_FROM_REQUEST` shows that this is found.",
                    "H10",
                    "Places lock what is to be deleted, for a while; what goes is gone in the end. A lock whose state is unknown is not simulated.",
                    "H12",
                    "A preview's reasons are compared with what the period would do, of what has expired and what has not; `PREVIEW_LOOKS_LATER` shows that this is found. Other reasons are not compared."));

    private static final Map<String, Integer> RULES = new TreeMap<>(Map.of("B", 8, "C", 13, "F", 9, "G", 6, "H", 12));

    @Test
    @DisplayName(
            "I2 of every rule of B, C, F, G and H some part is looked at by an invariant, or it is told what a run has of it, not both")
    void everyRuleIsSimulated() {
        Set<String> rules = RULES.entrySet().stream()
                .flatMap(part -> IntStream.rangeClosed(1, part.getValue()).mapToObj(i -> part.getKey() + i))
                .collect(Collectors.toSet());
        Set<String> looked =
                Arrays.stream(Invariant.values()).map(Invariant::rule).collect(Collectors.toSet());

        assertThat(looked).doesNotContainAnyElementsOf(WITHOUT_INVARIANT.keySet());
        looked.addAll(WITHOUT_INVARIANT.keySet());
        assertThat(looked).containsAll(rules);
        assertThat(rules).containsAll(WITHOUT_INVARIANT.keySet());
    }

    @Test
    @DisplayName(
            "I2 every invariant is one that a planted defect is found by, or stands among the exceptions, not both")
    void everyInvariantIsBroken() {
        Set<Invariant> broken = EnumSet.noneOf(Invariant.class);
        Arrays.stream(Planted.values()).forEach(each -> broken.add(each.breaks().get(0)));
        Arrays.stream(PlantedLine.values()).forEach(each -> broken.add(each.breaks()));

        assertThat(broken).doesNotContainAnyElementsOf(UNBROKEN.keySet());
        broken.addAll(UNBROKEN.keySet());
        assertThat(broken).containsExactlyInAnyOrder(Invariant.values());
    }

    @Test
    @DisplayName("I2 of every planted defect it is on record at which seed it was found, and of nothing else")
    void everySeedIsKnown() {
        List<String> planted = Stream.<Enum<?>>concat(
                        Arrays.stream(Planted.values()), Arrays.stream(PlantedLine.values()))
                .map(Enum::name)
                .toList();

        assertThat(FoundSeeds.known()).containsExactlyInAnyOrderElementsOf(planted);
    }

    @Test
    @DisplayName("I2 at least fifteen defects are planted, and each says in words what is wrong")
    void enoughArePlanted() {
        List<String> words = Stream.concat(
                        Arrays.stream(Planted.values()).map(Planted::words),
                        Arrays.stream(PlantedLine.values()).map(PlantedLine::words))
                .toList();

        assertThat(words)
                .hasSizeGreaterThanOrEqualTo(15)
                .doesNotHaveDuplicates()
                .allMatch(each -> each.endsWith("."));
    }

    @Test
    @DisplayName(
            "I2 docs/testkit.md has every planted defect with the invariant that it is found by, and how many seeds that takes at most")
    void pageIsWhatIsDeclared() throws IOException {
        String page = Files.readString(PAGE);
        String tables = drawn(drawn(page, "wrong ports", ports()), "wrong lines", lines());
        String drawn = drawn(drawn(tables, "nothing wrong", unbroken()), "no invariant", withoutInvariant())
                .replaceAll("within the \\d+ seeds", "within the " + BuildSeeds.COUNT + " seeds");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, drawn);
        }

        assertThat(drawn).contains("within the " + BuildSeeds.COUNT + " seeds");
        assertThat(PAGE)
                .as("write it anew with: mvn test -pl simulation-tests -am -Dtest=PlantedPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .hasContent(drawn);
    }

    @Test
    @DisplayName("I2 only what stands between the marks is drawn anew, and a page without the marks is refused")
    void keepsTheRest() {
        String page = "a\n<!-- t: drawn by PlantedPageTest -->\n\nold\n\n<!-- t: end -->\nb\n";

        assertThat(drawn(page, "t", "new\n"))
                .isEqualTo("a\n<!-- t: drawn by PlantedPageTest -->\n\nnew\n\n<!-- t: end -->\nb\n");
        assertThat(catchThrowable(() -> drawn(page, "u", "new\n"))).isInstanceOf(AssertionError.class);
    }

    private static String drawn(String page, String table, String rows) {
        String begin = "<!-- " + table + ": drawn by PlantedPageTest -->\n";
        String end = "<!-- " + table + ": end -->\n";
        assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
        return page.substring(0, page.indexOf(begin)) + begin + "\n" + rows + "\n" + page.substring(page.indexOf(end));
    }

    private static String ports() {
        return "| defect | what is wrong | found by the invariant |\n|---|---|---|\n"
                + Arrays.stream(Planted.values())
                        .map(each -> "| `%s` | %s | %s |\n".formatted(each, each.words(), foundBy(each.breaks())))
                        .collect(Collectors.joining());
    }

    private static String lines() {
        return "| defect | what is wrong | where | found by the invariant |\n|---|---|---|---|\n"
                + Arrays.stream(PlantedLine.values())
                        .map(each -> "| `%s` | %s | `%s` | %s |\n"
                                .formatted(each, each.words(), each.where(), foundBy(List.of(each.breaks()))))
                        .collect(Collectors.joining());
    }

    private static String unbroken() {
        return "| rule | invariant that nothing planted must be found by | why |\n|---|---|---|\n"
                + UNBROKEN.entrySet().stream()
                        .map(each -> "| %s | %s | %s |\n"
                                .formatted(each.getKey().rule(), each.getKey().words(), each.getValue()))
                        .collect(Collectors.joining());
    }

    private static String withoutInvariant() {
        return "| rule | what a run has of it |\n|---|---|\n"
                + WITHOUT_INVARIANT.entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<String, String> each) ->
                                        each.getKey().charAt(0))
                                .thenComparing(
                                        each -> Integer.parseInt(each.getKey().substring(1))))
                        .map(each -> "| %s | %s |\n".formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining());
    }

    private static String foundBy(List<Invariant> invariants) {
        return invariants.stream()
                .map(each -> each.rule() + ": " + each.words())
                .collect(Collectors.joining("; before it also "));
    }
}
