package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** K6 and K9: the logs of a set tell one history, and each log is of one instant. */
final class LogConditions {
    private static final Rule K6 = new Rule("K6");
    private static final Rule K9 = new Rule("K9");

    private record Holder(DataFile file, PrepareHeader header) {}

    private LogConditions() {}

    static Check agreement(List<DataFile> files) {
        Map<Long, List<Holder>> byOp = new TreeMap<>();
        for (DataFile file : files) {
            all(file)
                    .forEach(h -> byOp.computeIfAbsent(h.op(), op -> new ArrayList<>())
                            .add(new Holder(file, h)));
        }
        long committed = CommittedOperations.highest(files);
        for (Map.Entry<Long, List<Holder>> entry : byOp.entrySet()) {
            List<Holder> same = entry.getValue();
            List<Holder> split = sameViewOtherChecksum(same);
            if (!split.isEmpty()) {
                return diverges(split, "has different content in the same view");
            }
            List<Holder> broken = brokenChain(byOp.getOrDefault(entry.getKey() - 1, List.of()), same, committed);
            if (!broken.isEmpty()) {
                return diverges(broken, "does not follow the operation before it");
            }
        }
        return K6.pass("logs-agree", "The logs tell one history.");
    }

    private static Stream<PrepareHeader> all(DataFile file) {
        return Stream.concat(
                file.log().known(), Stream.of(file.superblock().checkpoint().header()));
    }

    private static List<Holder> sameViewOtherChecksum(List<Holder> same) {
        Map<Long, Holder> byView = new HashMap<>();
        for (Holder holder : same) {
            Holder first = byView.putIfAbsent(holder.header.view(), holder);
            if (first != null && !first.header.checksum().equals(holder.header.checksum())) {
                return List.of(first, holder);
            }
        }
        return List.of();
    }

    /**
     * The first header that names none of the prepares known before it.
     *
     * <p>Within a view one primary makes the chain, so a prepare of the same view before it must be its parent. Across
     * views a prepare that was given up may still lie there, so only committed operations must find their parent.
     */
    private static List<Holder> brokenChain(List<Holder> before, List<Holder> same, long committed) {
        for (Holder holder : same) {
            List<Holder> ofView = before.stream()
                    .filter(b -> b.header.view() == holder.header.view())
                    .toList();
            List<Holder> candidates = ofView.isEmpty() && holder.header.op() <= committed ? before : ofView;
            boolean found =
                    candidates.stream().anyMatch(b -> b.header.checksum().equals(holder.header.parent()));
            if (!candidates.isEmpty() && !found) {
                return List.of(holder, candidates.get(0));
            }
        }
        return List.of();
    }

    private static Check diverges(List<Holder> holders, String how) {
        PrepareHeader first = holders.get(0).header;
        List<DataFile> files = holders.stream().map(Holder::file).distinct().toList();
        return K6.fail(
                "logs-diverge",
                "one history",
                "operation " + first.op() + " of view " + first.view() + ": " + first.checksum(),
                "Operation " + first.op() + " of view " + first.view() + " " + how + ": " + Replicas.named(files)
                        + ".");
    }

    static Check oneInstant(List<DataFile> files) {
        List<DataFile> torn =
                files.stream().filter(f -> !f.log().torn().isEmpty()).toList();
        if (torn.isEmpty()) {
            return K9.pass("logs-of-one-instant", "Both rings of every log hold the same operations.");
        }
        List<DataFile> beyond = torn.stream()
                .filter(f -> f.log().torn().size() > f.layout().writesInFlight())
                .toList();
        int bound = torn.get(0).layout().writesInFlight();
        String expected = "at most " + bound + " log slots whose rings differ";
        if (beyond.isEmpty()) {
            String found = words(torn);
            return K9.warn(
                    "log-slots-torn",
                    "none",
                    found,
                    "Log slots differ between the rings, as a " + "crash may leave them: " + found + ".");
        }
        String found = words(beyond);
        return K9.fail(
                "log-not-of-one-instant",
                expected,
                found,
                "More log slots differ between the "
                        + "rings than writes can be in flight, so the image is not of one instant: " + found + ".");
    }

    private static String words(List<DataFile> files) {
        return Replicas.each(files, f -> {
            List<Integer> slots = f.log().torn().stream().map(WalSlot::index).toList();
            return slots.size() + " slots, the first " + slots.get(0) + " at offset "
                    + f.layout().headerOffset(slots.get(0));
        });
    }
}
