package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** C5: every file can be read, all are of one cluster and agree on its size, every index is there exactly once. */
final class Completeness {
    private static final Rule C5 = new Rule("C5");

    private Completeness() {}

    static List<Check> checks(List<DataFileReading> readings, List<DataFile> files) {
        List<Check> checks = new ArrayList<>();
        checks.add(readable(readings));
        if (!files.isEmpty()) {
            checks.add(same(files, "cluster", f -> f.superblock().cluster().decimal()));
            checks.add(same(files, "replica-count", f -> f.superblock().replicaCount()));
            checks.add(twice(files));
            checks.add(missing(files));
        }
        return checks;
    }

    private static Check readable(List<DataFileReading> readings) {
        List<String> unreadable = readings.stream()
                .filter(r -> r.file() == null || !r.report().passed())
                .map(DataFileReading::name)
                .toList();
        if (readings.isEmpty()) {
            return C5.fail("no-data-files", "one file per replica", "none", "There are no data files.");
        }
        if (!unreadable.isEmpty()) {
            return C5.fail(
                    "data-file-unusable",
                    "data files whose own checks pass",
                    String.join(", ", unreadable),
                    "These images are no usable data files: " + String.join(", ", unreadable) + ".");
        }
        return C5.pass("data-files-usable", "All " + readings.size() + " images are data files.");
    }

    private static Check same(List<DataFile> files, String subject, Function<DataFile, Object> value) {
        String what = subject.replace('-', ' ');
        if (files.stream().map(value).distinct().count() == 1) {
            return C5.pass("one-" + subject, "All have the " + what + " " + value.apply(files.get(0)) + ".");
        }
        String found = Replicas.each(files, value);
        return C5.fail(subject + "-mismatch", "one " + what, found, "The " + what + "s differ: " + found + ".");
    }

    private static Check twice(List<DataFile> files) {
        List<DataFile> again = files.stream()
                .filter(f -> files.stream().filter(g -> g.index() == f.index()).count() > 1)
                .toList();
        if (again.isEmpty()) {
            return C5.pass("replicas-once", "No replica is there twice.");
        }
        String found = Replicas.named(again);
        return C5.fail("replica-twice", "each replica once", found, "The same replica is there twice: " + found + ".");
    }

    private static Check missing(List<DataFile> files) {
        int count = files.stream()
                .mapToInt(f -> f.superblock().replicaCount())
                .max()
                .orElse(0);
        List<Integer> missing = IntStream.range(0, count)
                .filter(i -> files.stream().noneMatch(f -> f.index() == i))
                .boxed()
                .toList();
        if (missing.isEmpty()) {
            return C5.pass("replicas-complete", "All " + count + " replicas are there.");
        }
        return C5.fail(
                "replica-missing",
                count + " replicas",
                "without " + missing,
                "Of the cluster's " + count + " replicas these are missing: " + missing + ".");
    }
}
