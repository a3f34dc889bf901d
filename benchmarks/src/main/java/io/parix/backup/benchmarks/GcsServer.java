package io.parix.backup.benchmarks;

import io.parix.backup.servers.CloudStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of this project's own that stands for Cloud Storage. */
final class GcsServer implements Server {
    /** The bucket of this library. */
    static final String OURS = "parix-bench";

    /** The bucket of rclone. */
    static final String RCLONE = "rclone-bench";

    private final CloudStorage server;
    private final Path objects;

    private GcsServer(CloudStorage server, Path objects) {
        this.server = server;
        this.objects = objects;
    }

    static GcsServer start(Path work) throws IOException {
        Path objects = Files.createDirectories(work.resolve("objects"));
        Path own = Files.createDirectories(work.resolve("server"));
        return new GcsServer(CloudStorage.onDisk(own, objects, OURS, RCLONE), objects);
    }

    @Override
    public String word() {
        return "gcs:" + server.uri();
    }

    @Override
    public Path ours() {
        return folder(OURS);
    }

    @Override
    public List<Command> emptiedOfOurs() {
        return List.of(emptied(OURS));
    }

    Path folder(String bucket) {
        return objects.resolve(bucket);
    }

    /** What empties a bucket: by the server, which knows what it has. */
    Command emptied(String bucket) {
        return rclone(objects, "delete", "gcs:" + bucket);
    }

    /** {@return rclone with a verb and its arguments, and the bucket's server as {@code gcs:}} */
    Command rclone(Path folder, String... arguments) {
        String token = "{\"access_token\":\"" + CloudStorage.TOKEN
                + "\",\"token_type\":\"Bearer\",\"expiry\":\"2100-01-01T00:00:00Z\"}";
        List<String> words = new ArrayList<>(List.of("rclone"));
        words.addAll(List.of(arguments));
        return new Command(
                words,
                Map.of(
                        "RCLONE_CONFIG",
                        objects.resolveSibling("rclone.conf").toString(),
                        "RCLONE_CONFIG_GCS_TYPE",
                        "google cloud storage",
                        "RCLONE_CONFIG_GCS_ENDPOINT",
                        server.uri() + "/storage/v1/",
                        "RCLONE_CONFIG_GCS_TOKEN",
                        token),
                folder);
    }

    @Override
    public void close() {
        server.close();
    }
}
