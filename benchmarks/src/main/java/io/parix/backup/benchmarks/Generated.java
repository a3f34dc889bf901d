package io.parix.backup.benchmarks;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A synthetic cluster that was written by an earlier process: made again from its recipe, and taken on from there. */
final class Generated {

    private Generated() {}

    /** How many files, how long, how much of each used. */
    record Size(int replicas, long fileBytes, long usedBytes) {}

    static void create(Path directory, Size size) throws IOException {
        cluster(size).writeTo(directory);
        save(directory, size, List.of());
    }

    static void change(Path directory, double percent) throws IOException {
        Properties recipe = new Properties();
        try (Reader in = Files.newBufferedReader(recipeOf(directory))) {
            recipe.load(in);
        }
        Size size = new Size(
                Integer.parseInt(recipe.getProperty("replicas")),
                Long.parseLong(recipe.getProperty("file-bytes")),
                Long.parseLong(recipe.getProperty("used-bytes")));
        List<Double> shares = new ArrayList<>();
        SyntheticCluster before = cluster(size);
        for (String share : recipe.getProperty("shares").split(" ", 0)) {
            if (!share.isEmpty()) {
                shares.add(Double.valueOf(share));
                before = before.nextCheckpoint(Double.parseDouble(share));
            }
        }
        before.nextCheckpoint(percent / 100).writeChanges(directory, before);
        shares.add(percent / 100);
        save(directory, size, shares);
    }

    private static SyntheticCluster cluster(Size size) {
        return SyntheticCluster.builder(DataFileLayout.PRODUCTION)
                .replicas(size.replicas())
                .fileSize(new ByteSize(size.fileBytes()))
                .used(new ByteSize(size.usedBytes()))
                .build();
    }

    private static void save(Path directory, Size size, List<Double> shares) throws IOException {
        Properties recipe = new Properties();
        recipe.setProperty("replicas", String.valueOf(size.replicas()));
        recipe.setProperty("file-bytes", String.valueOf(size.fileBytes()));
        recipe.setProperty("used-bytes", String.valueOf(size.usedBytes()));
        recipe.setProperty(
                "shares", String.join(" ", shares.stream().map(String::valueOf).toList()));
        try (Writer out = Files.newBufferedWriter(recipeOf(directory))) {
            recipe.store(out, null);
        }
    }

    /** Beside the data files, not among them: every contender backs up what is in the folder. */
    private static Path recipeOf(Path directory) {
        return directory.toAbsolutePath().resolveSibling(directory.getFileName() + ".recipe");
    }
}
