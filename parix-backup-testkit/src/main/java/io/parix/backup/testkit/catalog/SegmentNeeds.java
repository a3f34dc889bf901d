package io.parix.backup.testkit.catalog;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which backup needs which segments, both ways round. Not safe for concurrent calls. */
final class SegmentNeeds {
    private final Map<String, Needs> byJob = new HashMap<>();
    private final Map<Segment, Set<String>> bySegment = new HashMap<>();

    private record Segment(DatabaseId database, String name) {}

    private record Needs(DatabaseId database, Map<String, Long> segments) {}

    /** Makes these the segments that a backup needs. */
    void record(JobRecord backup, Map<String, Long> segments) {
        forget(backup.id());
        byJob.put(backup.id(), new Needs(backup.database(), segments));
        segments.keySet()
                .forEach(name -> bySegment
                        .computeIfAbsent(new Segment(backup.database(), name), segment -> new TreeSet<>())
                        .add(backup.id()));
    }

    void forget(String job) {
        Needs needs = byJob.remove(job);
        if (needs == null) {
            return;
        }
        for (String name : needs.segments().keySet()) {
            bySegment.computeIfPresent(new Segment(needs.database(), name), (segment, jobs) -> without(jobs, job));
        }
    }

    /** Null where nobody is left, so that the entry goes. */
    private static @Nullable Set<String> without(Set<String> jobs, String job) {
        jobs.remove(job);
        return jobs.isEmpty() ? null : jobs;
    }

    List<String> needing(DatabaseId database, String segment) {
        return List.copyOf(bySegment.getOrDefault(new Segment(database, segment), Set.of()));
    }

    List<String> unshared(String job) {
        Needs needs = byJob.get(job);
        return needs == null
                ? List.of()
                : needs.segments().keySet().stream()
                        .filter(name -> needing(needs.database(), name).equals(List.of(job)))
                        .sorted()
                        .toList();
    }

    SegmentBytes bytes(DatabaseId database, Set<String> jobs) {
        Map<String, Long> held = new HashMap<>();
        for (String job : jobs) {
            Needs needs = byJob.get(job);
            if (needs != null && needs.database().equals(database)) {
                needs.segments().forEach((name, bytes) -> held.merge(name, bytes, Math::max));
            }
        }
        long freed = held.entrySet().stream()
                .filter(segment -> jobs.containsAll(needing(database, segment.getKey())))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new SegmentBytes(held.values().stream().mapToLong(bytes -> bytes).sum(), freed);
    }

    /** What all backups need, each segment of a database once. */
    ByteSize total() {
        Map<Segment, Long> held = new HashMap<>();
        byJob.values()
                .forEach(needs -> needs.segments()
                        .forEach((name, bytes) -> held.merge(new Segment(needs.database(), name), bytes, Math::max)));
        return new ByteSize(held.values().stream().mapToLong(bytes -> bytes).sum());
    }
}
