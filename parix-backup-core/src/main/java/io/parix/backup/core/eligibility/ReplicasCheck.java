package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.core.check.Condition;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** E3: a replica file is present for every replica. */
final class ReplicasCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E3", "replicas-present");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        Integer count = backup.replicaCount();
        if (count == null || count < 1) {
            return CONDITION.fails(
                    "replica-count-not-captured",
                    "not captured",
                    "not known",
                    "How many replicas the cluster had was not captured.");
        }
        Presence presence = backup.presence();
        if (presence == null) {
            return CONDITION.fails(
                    "replicas-unknown",
                    files(count),
                    "not looked at",
                    "Whether every replica's file is in storage has not been looked at.");
        }
        return compare(count, presence);
    }

    private static Check compare(int count, Presence presence) {
        List<Integer> missing = IntStream.range(0, count)
                .filter(index -> !presence.replicas().contains(index))
                .boxed()
                .toList();
        String found = files(count - missing.size()) + " at " + presence.at();
        if (missing.isEmpty()) {
            return CONDITION.holds(files(count), found, "There is a file for every replica.");
        }
        String names = missing.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return CONDITION.fails(
                "replicas-missing", files(count), found, "There is no whole file for replica " + names + ".");
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }
}
