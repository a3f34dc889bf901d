package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to run to its end.
 *
 * @param words the program and its arguments
 * @param environment what is added to this process's environment
 * @param folder where it runs
 */
record Command(List<String> words, Map<String, String> environment, Path folder) {
    /** Copies what is handed in. */
    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
