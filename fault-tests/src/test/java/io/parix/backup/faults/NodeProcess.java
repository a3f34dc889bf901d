package io.parix.backup.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Node} from outside: told, heard and killed. What it said is in a file beside the round's. */
final class NodeProcess implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    private static final String ENDED = "ENDED";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long started = System.nanoTime();
    private final Process process;
    private final Path log;
    private final BufferedWriter mouth;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.mouth = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one; it works at once. */
    static NodeProcess start(RoundFolder folder, String url) throws IOException {
        Path log = folder.root().resolve("node-" + System.nanoTime() + ".log");
        Process process = new ProcessBuilder(command(folder, url))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        NodeProcess node = new NodeProcess(process, log);
        Thread ears = new Thread(node::hear, "ears of " + process.pid());
        ears.setDaemon(true);
        ears.start();
        return node;
    }

    private static List<String> command(RoundFolder folder, String url) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                folder.root().toString(),
                url);
    }

    private void hear() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                note(line);
                heard.add(line);
            }
        } catch (IOException e) {
            heard.add("Not heard any more: " + e);
        }
        heard.add(ENDED);
    }

    private synchronized void note(String line) throws IOException {
        long millis = (System.nanoTime() - started) / 1_000_000;
        Files.writeString(log, millis + " ms: " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void tell(String line) throws IOException {
        note("told to " + line);
        mouth.write(line + "\n");
        mouth.flush();
    }

    /** Waits for a line that begins so. */
    void await(String start) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!poll(start, Duration.ofSeconds(1))) {
            if (System.nanoTime() > end) {
                throw new KillRunFailedException(this + " does not say " + start + " for " + PATIENCE);
            }
        }
    }

    /** Waits so long for a line that begins so; what is said before it is passed over. */
    boolean poll(String start, Duration most) throws InterruptedException {
        Optional<String> line = Optional.ofNullable(heard.poll(most.toMillis(), TimeUnit.MILLISECONDS));
        if (line.filter(ENDED::equals).isPresent()) {
            throw new KillRunFailedException(this + " has ended by itself with " + process.waitFor());
        }
        return line.filter(said -> said.startsWith(start)).isPresent();
    }

    /** Lets it live on for a while. */
    void leaveAlone(Duration life) throws InterruptedException {
        if (process.waitFor(life.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new KillRunFailedException(this + " has ended by itself with " + process.exitValue());
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        int code = process.waitFor();
        if (code != KILLED) {
            throw new KillRunFailedException(this + " ended with " + code + " before it was killed");
        }
    }

    /** Waits until it has brought everything to its end. */
    void awaitEnd() throws InterruptedException {
        await(Node.DONE);
        int code = process.waitFor();
        if (code != 0) {
            throw new KillRunFailedException(this + " ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "process " + process.pid() + " (" + log + ")";
    }
}
