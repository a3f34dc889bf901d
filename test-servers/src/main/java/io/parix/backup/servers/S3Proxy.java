package io.parix.backup.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A real S3 server, s3proxy on loopback, as a process with a class path of its own. It verifies signatures, and answers every
 * conditional write as S3 does. It ends with the process that started it. Safe for concurrent calls.
 */
public final class S3Proxy implements AutoCloseable {
    /** The access key that it takes. */
    public static final String IDENTITY = "parix-test-identity";

    /** The secret that goes with it. */
    public static final String SECRET = "parix-test-secret";

    private static final long START_SECONDS = 60;
    private static final int STARTS = 3;
    private static final List<String> IN_MEMORY = List.of("jclouds.provider=transient-nio2");

    private final Process process;
    private final URI uri;

    private S3Proxy(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
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

    /** Again where somebody else was faster to take the port that was free. */
    private static S3Proxy start(Path folder, List<String> storage) {
        try {
            for (int i = 0; i < STARTS; i++) {
                S3Proxy server = launch(folder, storage);
                if (server.isUp()) {
                    return server;
                }
                server.close();
            }
            throw new IllegalStateException(
                    "s3proxy did not start: " + Files.readString(folder.resolve("s3proxy.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static S3Proxy launch(Path folder, List<String> storage) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + freePort());
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
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + silent,
                        "-cp",
                        classPath(),
                        EndsWithParent.class.getName(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        return new S3Proxy(process, uri);
    }

    /** What the build resolved for the server alone, and what runs it. */
    private static String classPath() throws IOException {
        try (InputStream resolved =
                Objects.requireNonNull(S3Proxy.class.getResourceAsStream("s3proxy.classpath"), "s3proxy.classpath")) {
            Path ours = Path.of(S3Proxy.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new String(resolved.readAllBytes(), StandardCharsets.UTF_8).strip() + File.pathSeparator + ours;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("There is no path to this class", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isUp() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < until) {
            if (answers(uri.getPort())) {
                return process.isAlive();
            }
            try {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return where it listens} */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
