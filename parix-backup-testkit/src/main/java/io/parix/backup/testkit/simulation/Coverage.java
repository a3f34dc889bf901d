package io.parix.backup.testkit.simulation;

import java.util.Map;
import java.util.TreeMap;

/** What runs have come across, counted by name. Not safe for concurrent use; those of several threads are added up. */
public final class Coverage {
    private final Map<String, Long> counts = new TreeMap<>();

    Coverage() {}

    void meet(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    /**
     * Adds what other runs met.
     *
     * @param other theirs
     */
    public void add(Coverage other) {
        other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
    }

    /** {@return how often each thing was met, by its name: {@code move backup exporting > committing}, {@code kill-after store.putIfAbsent}} */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /**
     * How often one thing was met.
     *
     * @param name its name
     * @return 0 or more
     */
    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
