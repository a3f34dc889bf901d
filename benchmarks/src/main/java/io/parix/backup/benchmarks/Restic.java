package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** restic with its default settings, its cache in the work folder so that every run begins cold and nothing is left behind. */
record Restic(String version) implements Contender {
    @Override
    public String name() {
        return "restic";
    }

    @Override
    public List<String> notes() {
        return List.of(
                version
                        + ": a new repository for each run; its cache, on by default, lies in the work folder and begins empty.",
                "It always encrypts, finds chunks by content and shares them between all files of the repository.",
                "The second backup has its parent snapshot, as by default; every file's time differs, so all are read.",
                "Its restore neither syncs nor, in 0.14, makes sparse files; the time of the `sync` that follows is included.");
    }

    @Override
    public List<Command> prepare(Path work) {
        return List.of(restic(work, work, "init"));
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(restic(work, data, "backup", "."));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(
                restic(work, target, "restore", "latest", "--target", target.toString()),
                new Command(List.of("sync"), Map.of(), target));
    }

    @Override
    public Path repository(Path work) {
        return work.resolve("repository");
    }

    private Command restic(Path work, Path folder, String... arguments) {
        return command(new Repository(repository(work).toString(), Map.of()), work, folder, arguments);
    }

    /** Where a repository is, and what restic must know to come there. */
    record Repository(String name, Map<String, String> environment) {}

    /** {@return restic with a verb and its arguments} */
    Command command(Repository repository, Path work, Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("restic", "-r", repository.name()));
        words.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(repository.environment());
        environment.put("RESTIC_PASSWORD", "benchmark");
        environment.put("RESTIC_CACHE_DIR", work.resolve("cache").toString());
        return new Command(words, environment, folder);
    }
}
