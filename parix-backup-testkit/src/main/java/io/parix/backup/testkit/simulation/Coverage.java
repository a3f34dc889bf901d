package io.parix.backup.testkit.simulation;

import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.JobStep;
import io.parix.backup.core.job.RestoreStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** {@return every move of a job that its states allow and every fault at every call, of what was not met} */
    public List<String> missing() {
        Stream<String> moves =
                Stream.concat(moves("backup", BackupStep.values()), moves("restore", RestoreStep.values()));
        return Stream.concat(moves, Menu.all().stream())
                .filter(name -> of(name) == 0)
                .sorted()
                .toList();
    }

    private static Stream<String> moves(String kind, JobStep... steps) {
        return Stream.of(steps)
                .flatMap(from -> from.next().stream()
                        .filter(to -> to != from)
                        .map(to -> "move " + kind + " " + from.code() + " > " + to.code()));
    }
}
