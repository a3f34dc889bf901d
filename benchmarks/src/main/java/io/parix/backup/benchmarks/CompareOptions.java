package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What {@code compare} was asked for.
 *
 * @param data a folder of data files, which are copied and never written; empty for the synthetic cluster
 * @param runs rounds, 1 to 99
 * @param quick a small synthetic cluster and, unless said, one round: shows that everything works and measures nothing
 * @param peersOnly leaves this library out
 * @param store where they keep what they store
 * @param work where repositories and copies go; deleted at the end
 * @param page where the page is written; empty when it is only printed
 */
record CompareOptions(
        Optional<Path> data, int runs, boolean quick, boolean peersOnly, Store store, Path work, Optional<Path> page) {
    static final String USAGE =
            "compare [--data DIR] [--runs N] [--quick] [--peers-only] [--s3|--gcs] [--work DIR] [--page FILE]";
    private static final int RUNS = 5;

    /**
     * Reads the words after {@code compare}.
     *
     * @param arguments the words
     * @param work where to work unless they say otherwise
     * @return what was asked for
     * @throws IllegalArgumentException for anything else, with what would be right
     */
    static CompareOptions parse(List<String> arguments, Path work) {
        Deque<String> words = new ArrayDeque<>(arguments);
        CompareOptions options =
                new CompareOptions(Optional.empty(), RUNS, false, false, Store.LOCAL, work, Optional.empty());
        while (!words.isEmpty()) {
            options = options.with(words.pop(), words);
        }
        if (options.peersOnly && options.data.isEmpty()) {
            throw new IllegalArgumentException(
                    "--peers-only needs --data DIR: the synthetic cluster is made by this library.");
        }
        if (options.peersOnly && options.store != Store.LOCAL) {
            throw new IllegalArgumentException(
                    "--s3 and --gcs compare this library with one peer: leave --peers-only out.");
        }
        return options;
    }

    private CompareOptions with(String word, Deque<String> rest) {
        return switch (word) {
            case "--data" -> new CompareOptions(folder(word, rest), runs, quick, peersOnly, store, work, page);
            case "--runs" -> new CompareOptions(data, number(word, rest), quick, peersOnly, store, work, page);
            case "--quick" -> new CompareOptions(data, runs == RUNS ? 1 : runs, true, peersOnly, store, work, page);
            case "--peers-only" -> new CompareOptions(data, runs, quick, true, store, work, page);
            case "--s3" -> new CompareOptions(data, runs, quick, peersOnly, Store.S3, work, page);
            case "--gcs" -> new CompareOptions(data, runs, quick, peersOnly, Store.GCS, work, page);
            case "--work" ->
                new CompareOptions(
                        data, runs, quick, peersOnly, store, folder(word, rest).orElseThrow(), page);
            case "--page" -> new CompareOptions(data, runs, quick, peersOnly, store, work, folder(word, rest));
            default -> throw new IllegalArgumentException("'" + word + "' is not known. Usage: " + USAGE);
        };
    }

    private static Optional<Path> folder(String word, Deque<String> rest) {
        return Optional.of(Path.of(value(word, rest)).toAbsolutePath());
    }

    private static int number(String word, Deque<String> rest) {
        String value = value(word, rest);
        if (!value.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException(word + " must be 1 to 99, not '" + value + "'.");
        }
        return Integer.parseInt(value);
    }

    private static String value(String word, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(word + " needs a value. Usage: " + USAGE);
        }
        return rest.pop();
    }
}
