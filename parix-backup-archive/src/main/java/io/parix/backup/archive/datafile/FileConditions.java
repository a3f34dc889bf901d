package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import java.util.List;

/** K1, K2, K3 and K8: what each superblock says, compared. */
final class FileConditions {
    private static final Rule K1 = new Rule("K1");
    private static final Rule K2 = new Rule("K2");
    private static final Rule K3 = new Rule("K3");
    private static final Rule K8 = new Rule("K8");

    private FileConditions() {}

    static List<Check> checks(List<DataFile> files) {
        return List.of(configuration(files), lengths(files), syncing(files));
    }

    private static Check configuration(List<DataFile> files) {
        record Configuration(UInt128 cluster, int replicas, List<UInt128> members, DataFileLayout layout) {}
        long different = files.stream()
                .map(f -> new Configuration(
                        f.superblock().cluster(),
                        f.superblock().replicaCount(),
                        f.superblock().members(),
                        f.layout()))
                .distinct()
                .count();
        if (different == 1) {
            return K1.pass("same-configuration", "Cluster, replica count and members are the same.");
        }
        String found = Replicas.each(
                files,
                f -> "cluster " + f.superblock().cluster().decimal() + " of "
                        + f.superblock().replicaCount() + ", first member "
                        + f.superblock().members().get(0));
        return K1.fail(
                "configuration-mismatch",
                "the same cluster, replica count and members everywhere",
                found,
                "Cluster, replica count or members differ: " + found + ".");
    }

    private static Check lengths(List<DataFile> files) {
        List<DataFile> cut = files.stream().filter(f -> f.length() < needed(f)).toList();
        if (cut.isEmpty()) {
            return K2.pass("files-long-enough", "Every file reaches the last block of its checkpoint.");
        }
        String expected = Replicas.each(cut, f -> "at least " + needed(f) + " bytes");
        String found = Replicas.each(cut, f -> f.length() + " bytes");
        return K2.fail(
                "grid-cut-off",
                expected,
                found,
                "The grid is cut off (" + found + "; needed are " + expected + "): " + Replicas.named(cut) + ".");
    }

    /** The last block of a file may be a single sector long. */
    private static long needed(DataFile file) {
        return file.superblock().checkpoint().storageSize() - file.layout().blockSize() + DataFileLayout.SECTOR;
    }

    private static Check syncing(List<DataFile> files) {
        List<DataFile> syncing =
                files.stream().filter(f -> f.superblock().syncOpMax() != 0).toList();
        if (syncing.isEmpty()) {
            return K3.pass("no-replica-syncing", "No replica is in the middle of a state sync.");
        }
        String found = Replicas.each(
                syncing,
                f -> "up to operation " + Long.toUnsignedString(f.superblock().syncOpMax()));
        return K3.warn(
                "replica-syncing",
                "no replica syncing",
                found,
                "A state sync is not finished (" + found + "): " + Replicas.named(syncing) + ".");
    }

    static Check views(List<DataFile> files) {
        long different = files.stream()
                .map(f -> List.of(f.superblock().view(), f.superblock().logView()))
                .distinct()
                .count();
        String found = Replicas.each(
                files, f -> f.superblock().view() + "/" + f.superblock().logView());
        return different == 1
                ? K8.pass("views-equal", "View and log view are the same everywhere.")
                : K8.warn(
                        "views-differ", "the same view and log view", found, "View or log view differ: " + found + ".");
    }
}
