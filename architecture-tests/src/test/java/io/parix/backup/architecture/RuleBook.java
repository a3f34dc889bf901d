package io.parix.backup.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that tests are named after, by chapter, in the order in which they were written.
 *
 * @param chapters at least one
 */
record RuleBook(List<Chapter> chapters) {
    /**
     * Rules that belong together.
     *
     * @param title its letter and what it is about
     * @param rules its rules
     */
    record Chapter(String title, List<Rule> rules) {}

    /**
     * One rule.
     *
     * @param id what a test's name begins with
     * @param title what it asks for, in short
     */
    record Rule(String id, String title) {
        static Rule of(String line) {
            String[] parts = line.split(" ", 2);
            return new Rule(parts[0], parts[1]);
        }
    }

    /**
     * {@return the book of a resource}
     *
     * @param resource beside this class's root: chapters with an empty line between them, the title above the rules
     */
    static RuleBook read(String resource) {
        try (InputStream in = Objects.requireNonNull(RuleBook.class.getResourceAsStream("/" + resource), resource)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RuleBook parse(String text) {
        return new RuleBook(Stream.of(text.strip().split("\n\n+"))
                .map(chapter -> chapter.lines().toList())
                .map(lines -> new Chapter(
                        lines.get(0), lines.stream().skip(1).map(Rule::of).toList()))
                .toList());
    }

    Stream<Rule> rules() {
        return chapters.stream().flatMap(chapter -> chapter.rules().stream());
    }

    Set<String> ids() {
        return rules().map(Rule::id).collect(Collectors.toSet());
    }
}
