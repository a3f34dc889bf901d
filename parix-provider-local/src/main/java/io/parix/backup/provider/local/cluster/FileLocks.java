package io.parix.backup.provider.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who has locked a file, where the system tells ({@code /proc/locks} of Linux).
 *
 * <p>TigerBeetle holds an {@code flock} on its data file, which Java's own locks do not meet. That none is seen proves
 * nothing: other systems do not tell, and some file systems number their devices in two ways.
 */
final class FileLocks {
    private final Path table;

    FileLocks(Path table) {
        this.table = table;
    }

    static FileLocks ofSystem() {
        return new FileLocks(Path.of("/proc/locks"));
    }

    /**
     * Returns the process that holds a lock on a file.
     *
     * @return its id as the system tells it, also 0 or -1 where it hides it; empty when no other process is seen
     */
    Optional<String> holder(Path file) throws IOException {
        if (!Files.isReadable(table)) {
            return Optional.empty();
        }
        return holder(
                Files.readAllLines(table),
                identity(file),
                ProcessHandle.current().pid());
    }

    /** Returns a file's device and inode as the table writes them, for example {@code fe:00:1835021}. */
    private static String identity(Path file) throws IOException {
        long device = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
        long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
        return String.format("%02x:%02x:%d", major, minor, inode);
    }

    /** A line is {@code 1: FLOCK ADVISORY WRITE 4711 fe:00:1835021 0 EOF}, with {@code ->} where one only waits. */
    static Optional<String> holder(List<String> lines, String identity, long self) {
        return lines.stream()
                .filter(line -> !line.contains("->"))
                .map(line -> List.of(line.strip().split("\\s+", -1)))
                .filter(words -> words.size() >= 6 && words.get(5).equals(identity))
                .map(words -> words.get(4))
                .filter(pid -> !pid.equals(Long.toString(self)))
                .findFirst();
    }
}
