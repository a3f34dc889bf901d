package io.parix.backup.examples.twonodes;

import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.examples.parts.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A {@link Node} in a process of its own. */
final class NodeProcess implements AutoCloseable {
    private static final int PATIENCE = 30;

    private final String name;
    private final Process process;
    private final Timeline timeline;
    private final Set<Integer> attempts = ConcurrentHashMap.newKeySet();
    private final Thread reader;

    private NodeProcess(String name, Process process, Timeline timeline) {
        this.name = name;
        this.process = process;
        this.timeline = timeline;
        this.reader = new Thread(this::read, "output of node " + name);
    }

    static NodeProcess start(String name, Site site, DatabaseUrl catalog, Timeline timeline) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=64m",
                "-D" + Scale.PROPERTY + "=" + System.getProperty(Scale.PROPERTY, ""),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                name,
                site.home().toString(),
                site.database().value()));
        Node.handOn(catalog, builder.environment());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        NodeProcess node = new NodeProcess(name, process, timeline);
        timeline.tell(node.name(), "is process " + process.pid());
        node.reader.start();
        return node;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                timeline.tell(name(), line);
                if (line.startsWith(Node.TAKES_IMAGES)) {
                    attempts.add(Integer.valueOf(line.substring(Node.TAKES_IMAGES.length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return "node " + name;
    }

    long pid() {
        return process.pid();
    }

    /** Whether it has said that it begins this attempt. */
    boolean has(int attempt) {
        return attempts.contains(attempt);
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new Refused("node-ended", name() + " ended by itself, with exit code " + process.exitValue() + ".");
        }
    }

    /** SIGKILL: not one more instruction. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Tells it that it is over and waits for its orderly end. */
    int end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new Refused("node-hangs", name() + " did not end within " + PATIENCE + " s.");
        }
        reader.join();
        return process.exitValue();
    }

    /** Kills it where it still runs, and waits for its end: what it wrote to is removed next. */
    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, PATIENCE, TimeUnit.SECONDS)
                .join();
    }
}
