package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code catalog} was asked for.
 *
 * @param size how large the catalog is, and how often it is measured
 * @param page the page that the table goes to; empty when it is only printed
 */
record CatalogOptions(CatalogSize size, Optional<Path> page) {
    static final String USAGE = "catalog [--quick] [--page FILE]";

    /**
     * Reads the words after {@code catalog}.
     *
     * @param arguments the words
     * @return what was asked for
     * @throws IllegalArgumentException for anything else, with what would be right
     */
    static CatalogOptions parse(List<String> arguments) {
        Deque<String> words = new ArrayDeque<>(arguments);
        CatalogOptions options = new CatalogOptions(CatalogSize.FULL, Optional.empty());
        while (!words.isEmpty()) {
            options = options.with(words.pop(), words);
        }
        return options;
    }

    private CatalogOptions with(String word, Deque<String> rest) {
        return switch (word) {
            case "--quick" -> new CatalogOptions(CatalogSize.QUICK, page);
            case "--page" -> new CatalogOptions(size, Optional.of(value(word, rest)));
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
