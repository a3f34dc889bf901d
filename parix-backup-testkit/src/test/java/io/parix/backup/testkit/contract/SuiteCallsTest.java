package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the suites of providers ask of a place: how much, which is what they take on a slow one, and what it then answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuiteCallsTest {
    private static final Path PAGE = Requirement.DOCS.resolve("testkit.md");

    /** The columns: calls, those one after another, those of the longest test, waits. */
    private static final int COLUMNS = 4;

    private final Map<Suite, List<Long>> measured = new EnumMap<>(Suite.class);
    private final Set<ErrorKind> met = EnumSet.noneOf(ErrorKind.class);

    @BeforeAll
    void countThemAll() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Suite suite : EnumSet.of(Suite.PROVIDER, Suite.STORE, Suite.VOLUMES)) {
            Tally.reset();
            assertThat(SuiteRun.onARightOne(suite.mutated(), Tally.NAME).failed())
                    .isEmpty();
            measured.put(suite, List.of(Tally.calls(), Tally.inTurn(), Tally.longest(), Tally.waits()));
            met.addAll(Tally.kinds());
            lines.add(String.format(Locale.ROOT, "%s %s", suite.contract().getSimpleName(), measured.get(suite)));
        }
        Files.write(Path.of("target", "suite-calls.txt"), lines);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER", "STORE", "VOLUMES"})
    @DisplayName(
            "I1 a suite makes no more calls than its page says, and not many less, so what it takes on a slow place is known")
    void callsAsDocumented(Suite suite) throws IOException {
        List<Long> said = documented(suite);
        List<Long> made = measured.getOrDefault(suite, List.of());
        assertThat(IntStream.range(0, COLUMNS))
                .as("%s made %s calls, and the page says %s", suite, made, said)
                .allSatisfy(i -> assertThat(made.get(i)).isBetween(said.get(i) * 8 / 10, said.get(i)));
    }

    private static List<Long> documented(Suite suite) throws IOException {
        Pattern row = Pattern.compile("\\| `" + suite.contract().getSimpleName()
                + "` \\| ([\\d,]+) \\| ([\\d,]+) \\| ([\\d,]+) \\| ([\\d,]+) \\| (\\d+) s\\b.*");
        Matcher found = Files.readAllLines(PAGE).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(found.group(COLUMNS + 1)))
                .as("seconds, at ten calls each")
                .isEqualTo(Long.parseLong(found.group(2).replace(",", "")) / 10);
        return IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(i -> Long.valueOf(found.group(i).replace(",", "")))
                .toList();
    }

    @Test
    @DisplayName("I1 the suites bring about every kind of error that there is")
    void bringAboutEveryKind() {
        assertThat(met).isEqualTo(EnumSet.allOf(ErrorKind.class));
    }
}
