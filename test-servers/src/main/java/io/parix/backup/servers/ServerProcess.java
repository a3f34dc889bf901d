package io.parix.backup.servers;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own, which listens on a port of loopback and ends with the process that started it. */
final class ServerProcess implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final int STARTS = 3;

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** What to run for a server that is to listen at an address. */
    @FunctionalInterface
    interface Command {
        /** {@return what {@code java} is told} */
        List<String> at(URI uri) throws IOException;
    }

    /**
     * Starts one, again where somebody else was faster to take the port that was free.
     *
     * @param log where what it says goes
     * @param command what to run
     * @return the server, which answers
     * @throws IllegalStateException when it does not start, with what it said
     */
    static ServerProcess start(Path log, Command command) throws IOException {
        for (int i = 0; i < STARTS; i++) {
            URI uri = URI.create("http://127.0.0.1:" + freePort());
            List<String> told = new ArrayList<>();
            told.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            told.addAll(command.at(uri));
            ServerProcess server = new ServerProcess(
                    new ProcessBuilder(told)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    uri);
            if (server.isUp()) {
                return server;
            }
            server.close();
        }
        throw new IllegalStateException("The server did not start: " + Files.readString(log));
    }

    /** {@return a class path of the jars or folders that classes are from} */
    static String classPath(Class<?>... classes) {
        List<String> places = new ArrayList<>();
        for (Class<?> each : classes) {
            try {
                places.add(Path.of(each.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("There is no path to " + each, e);
            }
        }
        return String.join(File.pathSeparator, places);
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

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
