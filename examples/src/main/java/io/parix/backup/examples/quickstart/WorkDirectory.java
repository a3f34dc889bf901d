package io.parix.backup.examples.quickstart;

import io.parix.backup.examples.parts.Folders;
import io.parix.backup.examples.parts.Refused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the quickstart writes: folders of its own, which are gone afterwards unless they are to be kept, and the record by
 * which a run that was killed goes on. One process at a time has it, by a lock that ends with the process.
 */
final class WorkDirectory implements AutoCloseable {
    private static final List<String> FOLDERS = List.of("cluster", "restored", "store", "spool", "catalog");
    private static final String RECORD = "story.properties";
    private static final String LOCK = "lock";

    private final Path path;
    private final StoryRecord record;
    private final boolean continued;
    private final Path lockFile;
    private final FileChannel lock;
    private Fate fate = Fate.ABANDONED;

    /** What becomes of the directory. */
    enum Fate {
        /** The story could not be told to its end: nothing is left, first of all no record to go on with. */
        ABANDONED,
        /** The story was told: nothing is left, and the record goes last, so that a kill meanwhile does not hide the end. */
        DONE,
        /** The folders stay, and no later run may write to them. */
        KEPT,
        /** All of it stays, and the next run goes on with it. */
        LEFT
    }

    /** A directory to work in, wanted or not, and what is to be done in it. */
    record Wish(@Nullable Path directory, Map<String, String> story) {}

    private WorkDirectory(Path path, FileChannel lock, StoryRecord record, boolean continued) {
        this.path = path;
        this.lockFile = path.resolve(LOCK);
        this.lock = lock;
        this.record = record;
        this.continued = continued;
    }

    static WorkDirectory open(Wish wish) throws IOException {
        Path wanted = wish.directory();
        if (wanted == null) {
            return locked(Files.createTempDirectory("parix-quickstart-"), wish, true);
        }
        Path path = wanted.toAbsolutePath().normalize();
        boolean made = !Files.exists(path);
        if (!made && !Files.isDirectory(path)) {
            throw new Refused("work-unusable", path + " is not a directory. Give another --work.");
        }
        if (path.toString().indexOf(';') >= 0) {
            throw new Refused(
                    "work-unusable", path + " has a ';', which ends the name of H2's file. Give another --work.");
        }
        try {
            return locked(Files.createDirectories(path), wish, made);
        } catch (IOException e) {
            throw new Refused("work-unusable", "Cannot write to " + path + ": " + e + ". Give another --work.");
        }
    }

    private static WorkDirectory locked(Path path, Wish wish, boolean made) throws IOException {
        FileChannel lock = lock(path);
        try {
            StoryRecord earlier = StoryRecord.read(path.resolve(RECORD)).orElse(null);
            if (earlier != null) {
                earlier.requireSame(wish.story());
                return new WorkDirectory(path, lock, earlier, true);
            }
            requireNothingOfOurs(path);
            return new WorkDirectory(path, lock, StoryRecord.begin(path.resolve(RECORD), wish.story(), made), false);
        } catch (IOException | RuntimeException e) {
            unlock(lock, Files.exists(path.resolve(RECORD)) ? Optional.empty() : Optional.of(path.resolve(LOCK)));
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new Refused(
                    "work-in-use", "Another process works in " + path + ". Wait for it, or give another --work.");
        }
        return channel;
    }

    private static void unlock(FileChannel lock, Optional<Path> file) throws IOException {
        try (lock) {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        }
    }

    /** What an earlier run kept, or a stranger has, is not mixed with this one. */
    private static void requireNothingOfOurs(Path path) {
        for (String name : FOLDERS) {
            if (Files.exists(path.resolve(name))) {
                throw new Refused(
                        "work-in-use", path.resolve(name) + " is there already. Remove it, or give another --work.");
            }
        }
    }

    Path path() {
        return path;
    }

    StoryRecord record() {
        return record;
    }

    /** Whether an earlier run was killed here, or was interrupted. */
    boolean continued() {
        return continued;
    }

    /** One of the folders, made where it is not there yet. */
    Path folder(String name) throws IOException {
        if (!FOLDERS.contains(name)) {
            throw new IllegalArgumentException(name + " is not among " + FOLDERS);
        }
        return Files.createDirectories(path.resolve(name));
    }

    /** Says what becomes of it; unless said, nothing is left. */
    void becomes(Fate next) {
        fate = next;
    }

    @Override
    public void close() throws IOException {
        if (fate == Fate.LEFT) {
            unlock(lock, Optional.empty());
            return;
        }
        if (fate == Fate.ABANDONED) {
            record.remove();
        }
        if (fate != Fate.KEPT) {
            for (String name : FOLDERS) {
                Folders.remove(path.resolve(name));
            }
        }
        record.remove();
        unlock(lock, Optional.of(lockFile));
        if (fate != Fate.KEPT && record.madeDirectory()) {
            Files.deleteIfExists(path);
        }
    }
}
