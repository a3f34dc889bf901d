package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import java.util.Comparator;
import java.util.List;

/** K4 and K5: the checkpoints of a set are the same, or neighbours. */
final class CheckpointConditions {
    private static final Rule K4 = new Rule("K4");
    private static final Rule K5 = new Rule("K5");

    private CheckpointConditions() {}

    static List<Check> checks(List<DataFile> files) {
        return List.of(adjacent(files), identical(files));
    }

    private static Check adjacent(List<DataFile> files) {
        List<Checkpoint> distinct = files.stream()
                .map(f -> f.superblock().checkpoint())
                .distinct()
                .sorted(Comparator.comparingLong(Checkpoint::op))
                .toList();
        Checkpoint oldest = distinct.get(0);
        Checkpoint newest = distinct.get(distinct.size() - 1);
        boolean neighbours = distinct.stream().allMatch(c -> c.op() == oldest.op() || c.op() == newest.op())
                && (oldest.op() == newest.op() || newest.parent().equals(oldest.id()));
        String found = Replicas.each(
                files, f -> Long.toString(f.superblock().checkpoint().op()));
        return neighbours
                ? K4.pass("checkpoints-adjacent", "The checkpoints are equal or neighbours: " + found + ".")
                : K4.warn(
                        "checkpoints-apart",
                        "equal or neighbouring checkpoints",
                        found,
                        "The checkpoints are further apart than one: " + found + ".");
    }

    private static Check identical(List<DataFile> files) {
        for (DataFile file : files) {
            Checkpoint own = file.superblock().checkpoint();
            List<DataFile> others = files.stream()
                    .filter(f -> f.superblock().checkpoint().op() == own.op())
                    .toList();
            if (others.stream().anyMatch(f -> !f.superblock().checkpoint().id().equals(own.id()))) {
                String found = Replicas.each(
                        others, f -> f.superblock().checkpoint().id().toString());
                return K5.fail(
                        "checkpoints-diverge",
                        "one state at operation " + own.op(),
                        found,
                        "Replicas have different states at the same checkpoint " + own.op() + ": "
                                + Replicas.named(others) + ".");
            }
        }
        return K5.pass("checkpoints-identical", "The same checkpoint has the same state everywhere.");
    }
}
