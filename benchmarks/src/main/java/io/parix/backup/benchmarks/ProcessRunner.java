package io.parix.backup.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs whole processes and measures them: wall time by the monotonic clock, memory by the kernel's high-water mark. */
final class ProcessRunner {
    private static final long POLL_MILLIS = 5;
    private static final int LINES_SHOWN = 40;

    private final Path log;

    ProcessRunner(Path log) {
        this.log = log;
    }

    /** Runs commands one after the other; one that fails stops everything. */
    Measured run(List<Command> commands) throws IOException, InterruptedException {
        Measured sum = Measured.NOTHING;
        for (Command command : commands) {
            sum = sum.then(run(command));
        }
        return sum;
    }

    private Measured run(Command command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        long started = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, highWater(process.pid()));
        }
        long nanos = System.nanoTime() - started;
        if (process.exitValue() != 0) {
            throw new IOException(
                    "Cannot measure '" + command + "': it ended with " + process.exitValue() + ".\n" + lastLines());
        }
        return new Measured(nanos, peak);
    }

    /** {@return what a command prints, in one line; for versions} */
    static String answerOf(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return answer.lines().findFirst().orElse("").strip();
    }

    /** The kernel keeps the peak, so only what happens in the last few milliseconds can be missed. */
    private static long highWater(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // It has just ended.
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
