package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Borg without encryption and otherwise with its default settings; its own files lie in the work folder. */
record Borg(String version) implements Contender {
    @Override
    public String name() {
        return "borg";
    }

    @Override
    public List<String> notes() {
        return List.of(
                version
                        + ": `--encryption none`, lz4, a new repository for each run; its cache lies in the work folder.",
                "It finds chunks by content and shares them between all files of the repository.",
                "Its `extract` restores no sparse files unless asked, and does not sync; the `sync` that follows is included.");
    }

    @Override
    public List<Command> prepare(Path work) {
        return List.of(borg(
                work, work, "init", "--encryption", "none", repository(work).toString()));
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(borg(work, data, "create", repository(work) + "::{now:%Y%m%d%H%M%S%f}", "."));
    }

    /** Extracts the newest archive, which is the last one that {@code list} gives. */
    @Override
    public List<Command> restore(Path work, Path target) {
        String extract = "exec borg extract \"$0::$(borg list --short --last 1 \"$0\")\"";
        return List.of(
                new Command(List.of("sh", "-c", extract, repository(work).toString()), environment(work), target),
                new Command(List.of("sync"), Map.of(), target));
    }

    @Override
    public Path repository(Path work) {
        return work.resolve("repository");
    }

    private static Command borg(Path work, Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("borg"));
        words.addAll(List.of(arguments));
        return new Command(words, environment(work), folder);
    }

    private static Map<String, String> environment(Path work) {
        return Map.of(
                "BORG_BASE_DIR", work.resolve("borg").toString(), "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK", "yes");
    }
}
