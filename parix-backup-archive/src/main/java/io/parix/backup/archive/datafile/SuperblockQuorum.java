package io.parix.backup.archive.datafile;

import io.parix.backup.archive.datafile.SuperblockCopies.Copy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which superblock a file opens with, decided exactly as TigerBeetle does in {@code src/vsr/superblock_quorums.zig}.
 *
 * <p>Two copies with different numbers suffice. What the other copies say must be this superblock's past, or one
 * newer superblock that did not come to two copies.
 */
final class SuperblockQuorum {
    /** Distinct copies that a superblock needs to be opened with. */
    static final int THRESHOLD = 2;

    /** Valid first, then the newest, then the most copies, then the highest checksum. */
    private static final Comparator<Group> ORDER = Comparator.comparing(Group::valid)
            .thenComparing(g -> g.superblock.sequence(), Long::compareUnsigned)
            .thenComparingInt(Group::count)
            .thenComparing(g -> g.superblock.checksum())
            .reversed();

    private record Group(Superblock superblock, List<Integer> slots, int count) {
        boolean valid() {
            return count >= THRESHOLD;
        }

        String words() {
            return "sequence " + Long.toUnsignedString(superblock.sequence()) + " in copies " + slots + " at offset "
                    + (long) slots.get(0) * DataFileLayout.SUPERBLOCK_COPY_SIZE;
        }
    }

    private SuperblockQuorum() {}

    /** The superblock that the file opens with; empty when TigerBeetle would refuse, with the finding that says why. */
    static Optional<Superblock> decide(SuperblockCopies copies, Findings findings) {
        List<Group> groups = groups(copies.valid());
        if (groups.isEmpty()) {
            refuse(
                    findings,
                    "superblock-not-found",
                    "no valid copy",
                    "No superblock copy is valid, at none of the "
                            + "offsets 0, 24576, 49152 and 73728: this is not a TigerBeetle data file, or all copies are lost.");
            return Optional.empty();
        }
        Group best = groups.get(0);
        if (!best.valid()) {
            refuse(
                    findings,
                    "superblock-quorum-lost",
                    best.words(),
                    "No superblock is in two copies; the best has " + best.words() + ".");
            return Optional.empty();
        }
        if (!agrees(best, groups.subList(1, groups.size()), findings)) {
            return Optional.empty();
        }
        findings.pass("superblock-quorum", best.words(), "The superblock has " + best.words() + ".");
        return Optional.of(best.superblock);
    }

    private static List<Group> groups(List<Copy> copies) {
        Map<UInt128, List<Copy>> byChecksum = copies.stream()
                .collect(
                        Collectors.groupingBy(c -> c.superblock().checksum(), LinkedHashMap::new, Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        byChecksum
                .values()
                .forEach(same -> groups.add(new Group(
                        same.get(0).superblock(), same.stream().map(Copy::slot).toList(), (int)
                                same.stream().mapToInt(Copy::number).distinct().count())));
        groups.sort(ORDER);
        return groups;
    }

    private static boolean agrees(Group best, List<Group> others, Findings findings) {
        Superblock b = best.superblock;
        for (Group other : others) {
            Superblock a = other.superblock;
            if (!a.cluster().equals(b.cluster()) || !a.replicaId().equals(b.replicaId())) {
                findings.warn(
                        "superblock-copy-foreign",
                        best.words(),
                        other.words(),
                        "A superblock copy belongs to " + "another replica: " + other.words() + ".");
                continue;
            }
            if (a.sequence() == b.sequence()) {
                refuse(
                        findings,
                        "superblock-forked",
                        other.words(),
                        "Two different superblocks have the same " + "sequence: " + best.words() + ", and "
                                + other.words() + ".");
                return false;
            }
            // The gap is compared modulo 2^64, as the difference of two numbers of which one is the higher.
            if (Long.compareUnsigned(a.sequence(), b.sequence()) > 0 && a.sequence() - b.sequence() != 1) {
                refuse(
                        findings,
                        "superblock-parent-skipped",
                        other.words(),
                        "A superblock is more than one ahead of " + "the one with a quorum: " + other.words() + ", and "
                                + best.words() + ".");
                return false;
            }
            warnOlder(best, other, findings);
            if (a.sequence() + 1 == b.sequence()) {
                return succeeds(best, other, findings);
            }
        }
        return true;
    }

    private static boolean succeeds(Group best, Group parent, Findings findings) {
        Superblock b = best.superblock;
        Superblock a = parent.superblock;
        if (!a.checksum().equals(b.parent())) {
            refuse(
                    findings,
                    "superblock-parent-not-connected",
                    parent.words(),
                    "A superblock does not name the one " + "before it as its parent: " + best.words() + ", and "
                            + parent.words() + ".");
            return false;
        }
        boolean monotonic = a.checkpoint().op() <= b.checkpoint().op()
                && a.view() <= b.view()
                && a.logView() <= b.logView()
                && Long.compareUnsigned(a.commitMax(), b.commitMax()) <= 0;
        if (!monotonic) {
            refuse(
                    findings,
                    "superblock-not-monotonic",
                    best.words(),
                    "A superblock's checkpoint, view, log view or " + "commit went back: " + best.words() + ", after "
                            + parent.words() + ".");
        }
        return monotonic;
    }

    private static void warnOlder(Group best, Group other, Findings findings) {
        findings.warn(
                "superblock-copies-differ",
                best.words(),
                other.words(),
                "Not all superblock copies are the " + "same: " + other.words() + ", beside " + best.words() + ".");
    }

    private static void refuse(Findings findings, String code, String found, String sentence) {
        findings.fail(code, "one superblock in at least " + THRESHOLD + " copies", found, sentence);
    }
}
