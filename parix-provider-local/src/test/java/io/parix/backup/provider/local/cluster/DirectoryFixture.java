package io.parix.backup.provider.local.cluster;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.RestoreId;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory with three replicas of which some are lost, and a stranger's file. */
record DirectoryFixture(Path directory, Set<Integer> lost, List<String> statuses) {
    static final DatabaseId DATABASE = new DatabaseId("ledger");
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    static DirectoryFixture create(Path directory, Set<Integer> lost) throws IOException {
        DirectoryFixture fixture = new DirectoryFixture(directory, lost, new ArrayList<>());
        Files.createDirectories(directory);
        for (int i = 0; i < 3; i++) {
            if (!lost.contains(i)) {
                Files.writeString(fixture.place().live(i), "old " + i);
            }
        }
        Files.writeString(directory.resolve("notes.txt"), "a stranger's");
        return fixture;
    }

    ClusterPlace place() {
        return new ClusterPlace(DATABASE, directory, "7", 3);
    }

    DirectoryCluster cluster(Disk disk) {
        ClusterControl control = ClusterControl.filesOnly((call, status) -> {
            statuses.add(status.code());
            return HostAnswer.done();
        });
        return new DirectoryCluster(place(), control, InstantSource.fixed(NOW), disk);
    }

    DirectoryCluster cluster() {
        return cluster(new Disk());
    }

    static RestoreCall call(long fence) {
        return new RestoreCall(DATABASE, new RestoreId("r1"), new BackupId("b1"), "ab".repeat(32), fence);
    }

    /** Stages "new 0" to "new 2". */
    void stage() throws IOException {
        try (Staging staging = cluster().stage(call(1), 3)) {
            for (int i = 0; i < 3; i++) {
                try (StagedFile file = staging.open(i)) {
                    file.write(0, ByteBuffer.wrap(("new " + i).getBytes(StandardCharsets.US_ASCII)));
                    file.force();
                }
            }
        }
    }

    /** What the live files hold, in order of replica; {@code -} where there is none. */
    List<String> live() throws IOException {
        List<String> live = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path file = place().live(i);
            live.add(Files.exists(file) ? Files.readString(file) : "-");
        }
        return live;
    }

    List<String> all(String age) {
        return Stream.of(0, 1, 2)
                .map(i -> age.equals("old") && lost.contains(i) ? "-" : age + " " + i)
                .toList();
    }

    /** Every file and directory by its path, but the fence and the lock, which stay for good. */
    Set<String> names() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            Set<String> names = new TreeSet<>();
            paths.map(p -> directory.relativize(p).toString())
                    .filter(n -> !n.isEmpty() && !n.equals(".parix-restore"))
                    .filter(n -> !n.endsWith("/fence-ledger") && !n.endsWith("/lock"))
                    .forEach(names::add);
            return names;
        }
    }
}
