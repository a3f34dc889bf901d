package io.parix.backup.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A real S3 server, s3proxy on loopback, as a process with a class path of its own. It verifies signatures, and answers every
 * conditional write as S3 does. It ends with the process that started it. Safe for concurrent calls.
 */
public final class S3Proxy implements AutoCloseable {
    /** The access key that it takes. */
    public static final String IDENTITY = "parix-test-identity";

    /** The secret that goes with it. */
    public static final String SECRET = "parix-test-secret";

    private static final List<String> IN_MEMORY = List.of("jclouds.provider=transient-nio2");

    private final ServerProcess server;

    private S3Proxy(ServerProcess server) {
        this.server = server;
    }

    /**
     * Starts one whose objects are in its memory.
     *
     * @param folder for what it is told and what it says
     * @return the server, which answers
     * @throws IllegalStateException when it does not start, with what it said
     */
    public static S3Proxy start(Path folder) {
        return start(folder, IN_MEMORY);
    }

    /**
     * Starts one whose objects are files, and are there again when another one is started on them.
     *
     * @param folder for what it is told and what it says
     * @param objects an existing folder, of which each bucket is a folder
     * @return the server, which answers
     * @throws IllegalStateException when it does not start, with what it said
     */
    public static S3Proxy onDisk(Path folder, Path objects) {
        return start(
                folder,
                List.of("jclouds.provider=filesystem-nio2", "jclouds.filesystem.basedir=" + objects.toAbsolutePath()));
    }

    private static S3Proxy start(Path folder, List<String> storage) {
        try {
            return new S3Proxy(
                    ServerProcess.start(folder.resolve("s3proxy.log"), uri -> command(uri, folder, storage)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(URI uri, Path folder, List<String> storage) throws IOException {
        List<String> told = new ArrayList<>(storage);
        told.addAll(List.of(
                "s3proxy.endpoint=" + uri,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + IDENTITY,
                "s3proxy.credential=" + SECRET,
                "jclouds.identity=unused",
                "jclouds.credential=unused"));
        Path settings = Files.writeString(folder.resolve("s3proxy.properties"), String.join("\n", told));
        Path silent = Files.writeString(
                folder.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
        return List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + silent,
                "-cp",
                classPath(),
                EndsWithParent.class.getName(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString());
    }

    /** What the build resolved for the server alone, and what runs it. */
    private static String classPath() throws IOException {
        try (InputStream resolved =
                Objects.requireNonNull(S3Proxy.class.getResourceAsStream("s3proxy.classpath"), "s3proxy.classpath")) {
            return new String(resolved.readAllBytes(), StandardCharsets.UTF_8).strip()
                    + File.pathSeparator
                    + ServerProcess.classPath(S3Proxy.class);
        }
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
