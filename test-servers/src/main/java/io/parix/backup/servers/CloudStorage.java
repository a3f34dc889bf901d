package io.parix.backup.servers;

import com.google.gson.JsonObject;
import io.parix.backup.servers.gcs.FakeGcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Our own Cloud Storage at the wire, {@link FakeGcs}, as a process of its own. It ends with the process that started it. Safe for
 * concurrent calls.
 */
public final class CloudStorage implements AutoCloseable {
    /** The token that it takes. */
    public static final String TOKEN = FakeGcs.TOKEN;

    private final ServerProcess server;

    private CloudStorage(ServerProcess server) {
        this.server = server;
    }

    /**
     * Starts one whose objects are files, and are there again when another one is started on them.
     *
     * @param folder for what it says
     * @param objects an existing folder, of which each bucket is a folder
     * @param buckets which are there
     * @return the server, which answers
     * @throws IllegalStateException when it does not start, with what it said
     */
    public static CloudStorage onDisk(Path folder, Path objects, String... buckets) {
        try {
            return new CloudStorage(
                    ServerProcess.start(folder.resolve("cloud-storage.log"), uri -> command(uri, objects, buckets)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(URI uri, Path objects, String... buckets) {
        List<String> told = new ArrayList<>(List.of(
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                ServerProcess.classPath(CloudStorage.class, JsonObject.class),
                EndsWithParent.class.getName(),
                FakeGcs.class.getName(),
                String.valueOf(uri.getPort()),
                objects.toString()));
        told.addAll(List.of(buckets));
        return told;
    }

    /** {@return where it listens} */
    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }
}
