package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The guide for authors shows what is built and run here. */
class GuideTest {
    private static final Path PAGE = Path.of("../../docs/provider-authors.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static List<String> all(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return Stream.concat(files.filter(Files::isRegularFile).sorted(), Stream.of(Path.of("pom.xml")))
                    .map(GuideTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A snippet at some depth of a source, as the page shows it without the depth. */
    private static String indented(String snippet, int depth) {
        return snippet.lines()
                .map(line -> line.isEmpty() ? line : " ".repeat(depth) + line)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    @Test
    @DisplayName("every snippet of the guide occurs line by line in the sources of this module")
    void showsThisCode() throws IOException {
        String sources = "\n" + sources();

        assertThat(all("```(?:java|xml|properties)\n(.*?)```\n"))
                .hasSizeGreaterThan(10)
                .allSatisfy(snippet -> assertThat(
                                IntStream.of(0, 4, 8, 12).anyMatch(depth -> sources.contains(indented(snippet, depth))))
                        .as(snippet)
                        .isTrue());
    }

    @Test
    @DisplayName("every link of the guide leads to a file that is there")
    void linksLeadSomewhere() throws IOException {
        List<String> links = LINK.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
    }

    @Test
    @DisplayName("the guide says of every requirement of a store and of a provider at which step it is met")
    void namesEveryRequirement() throws IOException {
        Set<Integer> named = new TreeSet<>();
        Matcher ids = Pattern.compile("SPI-(\\d+)(?: to SPI-(\\d+))?").matcher(Files.readString(PAGE));
        while (ids.find()) {
            int first = Integer.parseInt(ids.group(1));
            int last = ids.group(2) == null ? first : Integer.parseInt(ids.group(2));
            IntStream.rangeClosed(first, last).forEach(named::add);
        }
        List<Integer> required = Pattern.compile("(?m)^\\| SPI-(\\d+) \\|")
                .matcher(Files.readString(PAGE.resolveSibling("provider-spi.md")))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();

        assertThat(named).containsAll(required);
        assertThat(required).hasSizeGreaterThan(40);
    }
}
