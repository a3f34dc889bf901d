package io.parix.backup.provider.aws.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real S3 server, s3proxy with objects in memory, as a process with a class path of its own. It verifies signatures, and
 * answers every conditional write as S3 does. It ends with the process that started it.
 */
public final class S3Proxy implements AutoCloseable {
    /** The access key that it takes. */
    public static final String IDENTITY = "parix-test-identity";

    /** The secret that goes with it. */
    public static final String SECRET = "parix-test-secret";

    private static final Path CLASS_PATH = Path.of("..", "test-servers", "target", "s3proxy.classpath");
    private static final Path TEST_CLASSES = Path.of("target", "test-classes");
    private static final long START_SECONDS = 60;
    private static final int STARTS = 3;

    private final Process process;
    private final URI uri;

    private S3Proxy(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts one; again where somebody else was faster to take the port that was free.
     *
     * @param folder for what it is told and what it says
     * @return the server, which answers
     */
    public static S3Proxy start(Path folder) {
        try {
            for (int i = 0; i < STARTS; i++) {
                S3Proxy server = launch(folder);
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

    private static S3Proxy launch(Path folder) throws IOException {
        int port = freePort();
        URI uri = URI.create("http://127.0.0.1:" + port);
        Path settings = Files.writeString(
                folder.resolve("s3proxy.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + uri,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + IDENTITY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=transient-nio2",
                        "jclouds.identity=unused",
                        "jclouds.credential=unused"));
        Files.writeString(folder.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                        "-cp",
                        Files.readString(CLASS_PATH).strip() + File.pathSeparator + TEST_CLASSES,
                        EndsWithParent.class.getName(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        return new S3Proxy(process, uri);
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
