package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code page} was asked for.
 *
 * @param quick whether each benchmark runs for a moment only
 * @param page the page that the table goes to; empty when it is only printed
 */
record PageOptions(boolean quick, Optional<Path> page) {
    static final String USAGE = "page [--quick] [--page FILE]";

    /**
     * Reads the words after {@code page}.
     *
     * @param arguments the words
     * @return what was asked for
     * @throws IllegalArgumentException for anything else, with what would be right
     */
    static PageOptions parse(List<String> arguments) {
        Deque<String> words = new ArrayDeque<>(arguments);
        PageOptions options = new PageOptions(false, Optional.empty());
        while (!words.isEmpty()) {
            options = options.with(words.pop(), words);
        }
        return options;
    }

    private PageOptions with(String word, Deque<String> rest) {
        return switch (word) {
            case "--quick" -> new PageOptions(true, page);
            case "--page" -> new PageOptions(quick, Optional.of(value(word, rest)));
            default -> throw new IllegalArgumentException("'" + word + "' is not known. Usage: " + USAGE);
        };
    }

    private static Path value(String word, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(word + " needs a value. Usage: " + USAGE);
        }
        return Path.of(rest.pop()).toAbsolutePath();
    }
}
