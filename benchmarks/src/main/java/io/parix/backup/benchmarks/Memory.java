package io.parix.backup.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code benchmarks/run memory}: the resident memory of backup and restore of very large files in a small heap. */
public final class Memory {
    private static final long LIMIT = 512L << 20;
    private static final List<String> HEAP = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=64m");
    private static final List<Cluster> CLUSTERS = List.of(
            new Cluster("3 × 10 GB", List.of("3", "10000000000", "8000000000")),
            new Cluster("1 × 1 TB sparse, 2 GB used", List.of("1", "1000000000000", "2000000000")));

    private final Parix parix = new Parix(System.getProperty("java.class.path"), HEAP);
    private final Path work;

    private Memory(Path work) {
        this.work = work;
    }

    private record Cluster(String words, List<String> arguments) {}

    /**
     * Measures.
     *
     * @param arguments the folder to work in, which is made and deleted; a temporary one unless given
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = arguments.length > 0
                ? Path.of(arguments[0]).toAbsolutePath()
                : Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "parix-memory-" + ProcessHandle.current().pid());
        if (!Parix.isThere() || Files.exists(work)) {
            System.err.println(
                    "Cannot measure: " + Parix.PROGRAM + " is not on the class path, or " + work + " exists.");
            System.exit(2);
        }
        System.exit(new Memory(work).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        boolean within = true;
        System.out.println("| cluster, " + String.join(" ", HEAP) + " | stage | time | peak RSS | must |");
        System.out.println("|---|---|---:|---:|---:|");
        for (Cluster cluster : CLUSTERS) {
            try {
                within &= measure(cluster);
            } finally {
                Folders.delete(work);
            }
        }
        return within;
    }

    private boolean measure(Cluster cluster) throws IOException, InterruptedException {
        Path data = Files.createDirectories(work.resolve("data"));
        Path target = Files.createDirectories(work.resolve("restored"));
        ProcessRunner processes = new ProcessRunner(work.resolve("last-command.log"));
        List<String> generate = new java.util.ArrayList<>(List.of("generate", data.toString()));
        generate.addAll(cluster.arguments());
        processes.run(List.of(parix.program(work, generate.toArray(String[]::new))));
        boolean backup = show(cluster, "backup", processes.run(parix.backup(data, work)));
        boolean restore = show(
                cluster,
                "restore",
                processes.run(List.of(parix.program(work, "restore-sparse", work.toString(), target.toString()))));
        return backup && restore;
    }

    private static boolean show(Cluster cluster, String stage, Measured measured) {
        System.out.printf(
                "| %s | %s | %s | %s | ≤ %s |%n",
                cluster.words(),
                stage,
                Figures.seconds(measured.seconds()),
                Figures.mebibytes((double) measured.peakBytes()),
                Figures.mebibytes((double) LIMIT));
        return measured.peakBytes() <= LIMIT;
    }
}
