package io.parix.backup.testkit.simulation;

import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.JobStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What runs have come across, counted by name. Not safe for concurrent use; those of several threads are added up. */
public final class Coverage {
    private static final String CALL = "call ";

    private final Map<String, Long> counts = new HashMap<>();

    /** By the bare names of calls: of these there are more than of all else. */
    private final Map<String, Long> calls = new HashMap<>();

    Coverage() {}

    void called(String name) {
        calls.merge(name, 1L, Long::sum);
    }

    void meet(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    void meetError(ErrorKind kind) {
        meet("error " + kind.code());
    }

    /** What a deletion could not delete is told by its answer. */
    void meetAnswer(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> many) {
            many.values().forEach(this::meetOutcome);
        } else {
            meetOutcome(answer);
        }
    }

    private void meetOutcome(@Nullable Object outcome) {
        if (outcome instanceof DeleteOutcome.Failed failed) {
            meetError(failed.kind());
        } else if (outcome instanceof DeleteOutcome.Locked) {
            meetError(ErrorKind.LOCKED);
        }
    }

    /**
     * Adds what other runs met.
     *
     * @param other theirs
     */
    public void add(Coverage other) {
        other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
        other.calls.forEach((name, count) -> calls.merge(name, count, Long::sum));
    }

    /** {@return how often each thing was met, by its name: {@code move backup exporting > committing}, {@code ObjectStore.putIfAbsent meets death after it}} */
    public Map<String, Long> counts() {
        Map<String, Long> all = new HashMap<>(counts);
        calls.forEach((name, count) -> all.put(CALL + name, count));
        return Map.copyOf(all);
    }

    /**
     * How often one thing was met.
     *
     * @param name its name
     * @return 0 or more
     */
    public long of(String name) {
        return name.startsWith(CALL)
                ? calls.getOrDefault(name.substring(CALL.length()), 0L)
                : counts.getOrDefault(name, 0L);
    }

    /** {@return every move of a job that its states allow, every fault at every call and every kind of error, of what was not met} */
    public List<String> missing() {
        Map<String, Long> met = counts();
        Stream<String> moves =
                Stream.concat(moves("backup", BackupStep.values()), moves("restore", RestoreStep.values()));
        Stream<String> errors = Stream.of(ErrorKind.values()).map(kind -> "error " + kind.code());
        return Stream.of(moves, Menu.all().stream(), errors)
                .flatMap(names -> names)
                .filter(name -> !met.containsKey(name))
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
