package io.parix.backup.provider.local.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that locks a file and holds it until it is ended. */
final class LockHolder {
    private LockHolder() {}

    /** Starts one and returns when it holds the lock. */
    static Process start(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() != 'L') {
            process.destroyForcibly();
            throw new IOException("the other process did not lock " + file);
        }
        return process;
    }

    /** Locks the file, says so, and waits for the end of its input. */
    public static void main(String[] args) throws IOException {
        try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            file.lock();
            System.out.write('L');
            System.out.flush();
            while (System.in.read() >= 0) {
                // The parent says nothing; it closes our input when it ends.
            }
        }
    }
}
