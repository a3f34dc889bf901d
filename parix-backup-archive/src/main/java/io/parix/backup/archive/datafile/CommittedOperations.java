package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * K7: every operation that any image shows to be committed is in so many images that a view change must find it.
 *
 * <p>Only this condition tells of a set that comes up on an older state and forgets what it acknowledged. Operations are
 * looked at in spans over which the answer is the same, so that hostile numbers cost nothing.
 */
final class CommittedOperations {
    private static final Rule K7 = new Rule("K7");

    /** Replication quorum by replica count, {@code quorums} in {@code src/vsr.zig}. */
    private static final int[] REPLICATION_QUORUM = {0, 1, 2, 2, 2, 3, 3};

    /** Operations that too few images have: first and last, and who has them. */
    private record Span(long first, long last, List<DataFile> holders) {
        boolean continues(Span before) {
            return first == before.last + 1 && holders.equals(before.holders);
        }
    }

    private final List<DataFile> files;
    private final int quorum;
    /** Of each file, by its place in the list, the checksums of the operations in its log. */
    private final List<Map<Long, UInt128>> logs = new ArrayList<>();

    private CommittedOperations(List<DataFile> files) {
        this.files = files;
        int count = files.stream()
                .mapToInt(f -> f.superblock().replicaCount())
                .max()
                .orElseThrow();
        quorum = REPLICATION_QUORUM[count];
        for (DataFile file : files) {
            Map<Long, UInt128> log = new HashMap<>();
            file.log().recovered(count).forEach(h -> log.put(h.op(), h.checksum()));
            logs.add(log);
        }
    }

    /** The highest operation that any image shows to be committed: superblocks lag behind the log's own prepares. */
    static long highest(List<DataFile> files) {
        return files.stream()
                .flatMapToLong(f -> LongStream.concat(
                        LongStream.of(
                                f.superblock().commitMax(),
                                f.superblock().checkpoint().op()),
                        f.log().known().mapToLong(PrepareHeader::commit)))
                .max()
                .orElse(0);
    }

    static Check check(List<DataFile> files) {
        return new CommittedOperations(files).check(highest(files));
    }

    private Check check(long committed) {
        List<Span> missing = missing(committed);
        if (missing.isEmpty()) {
            return K7.pass(
                    "committed-ops-present",
                    "Every operation up to " + committed
                            + ", the highest that is shown to be committed, is in at least " + quorum + " images.");
        }
        long count = missing.stream().mapToLong(s -> s.last - s.first + 1).sum();
        Span first = missing.get(0);
        Span last = missing.get(missing.size() - 1);
        String holders = first.holders.isEmpty() ? "no image" : Replicas.named(first.holders);
        return K7.fail(
                "committed-ops-missing",
                "every operation up to " + committed + " in at least " + quorum + " images",
                count + " operations, " + first.first + "…" + last.last,
                "Started, this set would forget committed operations: " + count + " of them, " + first.first + "…"
                        + last.last + ", are in fewer than " + quorum + " images; the first is in " + holders + ".");
    }

    private List<Span> missing(long committed) {
        TreeSet<Long> starts = new TreeSet<>();
        starts.add(1L);
        files.forEach(f -> starts.add(f.superblock().checkpoint().op() + 1));
        logs.forEach(log -> log.keySet().forEach(op -> {
            starts.add(op);
            starts.add(op + 1);
        }));
        List<Span> missing = new ArrayList<>();
        for (long start : starts.tailSet(1L)) {
            if (start > committed) {
                break;
            }
            Long next = starts.higher(start);
            long last = next == null ? committed : Math.min(committed, next - 1);
            List<DataFile> holders = holders(start);
            if (holders.size() < quorum) {
                join(missing, new Span(start, last, holders));
            }
        }
        return missing;
    }

    private static void join(List<Span> spans, Span span) {
        Span before = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (before != null && span.continues(before)) {
            spans.set(spans.size() - 1, new Span(before.first, span.last, span.holders));
        } else {
            spans.add(span);
        }
    }

    /** The images that have an operation: below their checkpoint, or in the log with what most of the others have. */
    private List<DataFile> holders(long op) {
        List<DataFile> below = new ArrayList<>();
        Map<UInt128, List<DataFile>> inLog = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            UInt128 checksum = logs.get(i).get(op);
            if (op <= files.get(i).superblock().checkpoint().op()) {
                below.add(files.get(i));
            } else if (checksum != null) {
                inLog.computeIfAbsent(checksum, c -> new ArrayList<>()).add(files.get(i));
            }
        }
        inLog.values().stream().max(Comparator.comparingInt(Collection::size)).ifPresent(below::addAll);
        return below;
    }
}
