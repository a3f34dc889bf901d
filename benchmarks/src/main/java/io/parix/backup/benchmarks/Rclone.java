package io.parix.backup.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** rclone, which copies files as they are into a bucket, with its default settings. */
record Rclone(String version, GcsServer server) implements Contender {
    private static final String REMOTE = "gcs:" + GcsServer.RCLONE;

    @Override
    public String name() {
        return "rclone";
    }

    @Override
    public List<String> notes() {
        return List.of(
                version + ": `rclone copy` with its default settings, and so what does not fit into 16 MiB in pieces.",
                "The server is this project's own and stands for Cloud Storage, on the same machine. It tells no MD5, so rclone"
                        + " compares sizes.",
                "It copies files: it neither compresses, nor finds what is stored already, nor keeps more than the newest state.",
                "The second backup copies every file anew, since each has changed.",
                "Its restore neither syncs nor makes sparse files; the time of the `sync` that follows is included.");
    }

    @Override
    public List<Command> prepare(Path work) {
        return List.of(server.emptied(GcsServer.RCLONE));
    }

    @Override
    public List<Command> backup(Path data, Path work) {
        return List.of(server.rclone(data, "copy", ".", REMOTE));
    }

    @Override
    public List<Command> restore(Path work, Path target) {
        return List.of(
                server.rclone(target, "copy", REMOTE, target.toString()),
                new Command(List.of("sync"), Map.of(), target));
    }

    @Override
    public Path repository(Path work) {
        return server.folder(GcsServer.RCLONE);
    }
}
