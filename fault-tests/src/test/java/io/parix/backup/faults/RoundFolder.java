package io.parix.backup.faults;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.provider.local.LocalProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What lies where in the folder of a round, which every process of it works in.
 *
 * @param root {@code <run>/<lane>/round-<n>}
 */
record RoundFolder(Path root) {
    static final String NAME = "ledger of record";
    static final int REPLICAS = 3;
    private static final String CLUSTER = "1";
    private static final int MOMENTS = 5;
    private static final ByteSize USED = new ByteSize(100 * 4096);

    /** Makes the cluster at a few moments of its life, once for all rounds of a run. */
    static void makeImages(Path run) throws IOException {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .used(USED)
                .noise(16)
                .seed(11)
                .build();
        for (int i = 0; i < MOMENTS; i++) {
            cluster.writeTo(Files.createDirectories(images(run, i)));
            cluster = cluster.nextCheckpoint(0.25);
        }
    }

    /** Makes what a round begins with: a live cluster for each database. */
    void make() throws IOException {
        Files.createDirectories(root.resolve("store"));
        Files.createDirectories(root.resolve("spool"));
        Files.createDirectories(root.resolve("status"));
        for (String database : databases()) {
            Files.createDirectories(live(database));
            for (int i = 0; i < REPLICAS; i++) {
                Files.copy(file(images(0), i), file(live(database), i));
            }
        }
    }

    static List<String> databases() {
        return Stream.of(Moment.Kind.values())
                .flatMap(kind -> IntStream.range(0, kind.databases()).mapToObj(i -> kind.prefix() + i))
                .toList();
    }

    Path spool() {
        return root.resolve("spool");
    }

    Path live(String database) {
        return root.resolve("live").resolve(database);
    }

    static Path file(Path directory, int replica) {
        return directory.resolve(CLUSTER + "_" + replica + ".tigerbeetle");
    }

    static String cluster() {
        return CLUSTER;
    }

    /** The files that a backup is made of: a pure function of its id, so that every process agrees. */
    Path images(BackupId backup) {
        return images(Math.floorMod(backup.value().hashCode(), MOMENTS));
    }

    private Path images(int moment) {
        return images(root.resolve("../..").normalize(), moment);
    }

    /** The files that a database began with. */
    Path firstImages() {
        return images(0);
    }

    private static Path images(Path run, int moment) {
        return run.resolve("images").resolve("moment-" + moment);
    }

    StorageLocation location() {
        return new StorageLocation(
                LocalProvider.ID, Map.of("root", root.resolve("store").toString()), new KeyPrefix("parix"));
    }

    /** What a host's own database would hold: the status of a profile, changed in one step. */
    void status(DatabaseId database, DatabaseStatus status) throws IOException {
        Path next = Files.createTempFile(root.resolve("status"), database.value(), ".next");
        Files.writeString(next, status.code());
        Files.move(next, statusFile(database), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    DatabaseStatus status(DatabaseId database) throws IOException {
        try {
            return new DatabaseStatus(Files.readString(statusFile(database)));
        } catch (NoSuchFileException e) {
            return DatabaseStatus.ACTIVE;
        }
    }

    /** Notes a job that was answered to whoever asked for it; a file keeps that over the end of any process. */
    void accepted(DatabaseId database, String job) {
        try {
            Files.writeString(
                    root.resolve("accepted"),
                    database + " " + job + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every job that was answered to whoever asked for it, after its database} */
    Set<String> accepted() throws IOException {
        return new TreeSet<>(Files.readAllLines(root.resolve("accepted")));
    }

    private Path statusFile(DatabaseId database) {
        return root.resolve("status").resolve(database.value());
    }

    static DatabaseProfile profile(DatabaseId database, DatabaseStatus status, int vcpu) {
        Shape shape = new Shape(
                REPLICAS, vcpu, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(database, NAME, status, "here", LocalProvider.ID, shape, List.of());
    }
}
