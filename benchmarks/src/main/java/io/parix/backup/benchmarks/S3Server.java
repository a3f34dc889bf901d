package io.parix.backup.benchmarks;

import io.parix.backup.servers.S3Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An S3 server. */
final class S3Server implements Server {
    /** The bucket of this library. */
    static final String OURS = "parix-bench";

    /** The bucket of restic. */
    static final String RESTIC = "restic-bench";

    static final String REGION = "us-east-1";

    private final S3Proxy server;
    private final Path objects;

    private S3Server(S3Proxy server, Path objects) {
        this.server = server;
        this.objects = objects;
    }

    static S3Server start(Path work) throws IOException {
        Path objects = Files.createDirectories(work.resolve("objects"));
        return new S3Server(S3Proxy.onDisk(Files.createDirectories(work.resolve("server")), objects), objects);
    }

    String endpoint() {
        return server.uri().toString();
    }

    @Override
    public String word() {
        return "s3:" + endpoint();
    }

    @Override
    public Path ours() {
        return folder(OURS);
    }

    @Override
    public List<Command> emptiedOfOurs() {
        return emptied(OURS);
    }

    Path folder(String bucket) {
        return objects.resolve(bucket);
    }

    /** The bucket, empty. */
    List<Command> emptied(String bucket) {
        String folder = folder(bucket).toString();
        return List.of(
                new Command(List.of("rm", "-rf", folder), Map.of(), objects),
                new Command(List.of("mkdir", folder), Map.of(), objects));
    }

    @Override
    public void close() {
        server.close();
    }
}
