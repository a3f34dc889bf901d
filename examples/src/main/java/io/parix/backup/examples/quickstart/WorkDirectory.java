package io.parix.backup.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the quickstart writes: folders of its own, which are gone afterwards unless they are to be kept. */
final class WorkDirectory implements AutoCloseable {
    private final Path path;
    private final boolean ours;
    private final boolean keep;
    private final List<Path> folders = new ArrayList<>();

    private WorkDirectory(Path path, boolean ours, boolean keep) {
        this.path = path;
        this.ours = ours;
        this.keep = keep;
    }

    static WorkDirectory open(@Nullable Path wanted, boolean keep) throws IOException {
        if (wanted == null) {
            return new WorkDirectory(Files.createTempDirectory("parix-quickstart-"), true, keep);
        }
        Path path = wanted.toAbsolutePath().normalize();
        boolean ours = !Files.exists(path);
        if (!ours && !Files.isDirectory(path)) {
            throw new Refused("work-unusable", path + " is not a directory. Give another --work.");
        }
        try {
            return new WorkDirectory(Files.createDirectories(path), ours, keep);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    Path path() {
        return path;
    }

    /** Makes a folder that must not be there: what an earlier run kept is not mixed with this one. */
    Path folder(String name) throws IOException {
        Path folder = path.resolve(name);
        if (Files.exists(folder)) {
            throw new Refused("work-in-use", folder + " is there already. Remove it, or give another --work.");
        }
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw unusable(path, e);
        }
        folders.add(folder);
        return folder;
    }

    private static Refused unusable(Path path, IOException why) {
        return new Refused("work-unusable", "Cannot write to " + path + ": " + why + ". Give another --work.");
    }

    @Override
    public void close() throws IOException {
        if (keep) {
            return;
        }
        for (Path folder : folders) {
            remove(folder);
        }
        if (ours) {
            Files.deleteIfExists(path);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
