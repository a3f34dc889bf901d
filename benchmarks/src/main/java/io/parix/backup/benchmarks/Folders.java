package io.parix.backup.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the runner does with folders between the timed stages. */
final class Folders {
    private Folders() {}

    static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** {@return the sum of the lengths of all files, as a store would bill them} */
    static long bytesIn(Path folder) throws IOException {
        long sum = 0;
        for (Path file : filesIn(folder)) {
            sum += Files.size(file);
        }
        return sum;
    }

    /** Reads every byte, so that all contenders find the files in the page cache. */
    static void warm(Path folder) throws IOException {
        for (Path file : filesIn(folder)) {
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Throws when a file is missing or differs in any byte. */
    static void requireEqual(Path expected, Path actual) throws IOException {
        for (Path file : filesIn(expected)) {
            Path twin = actual.resolve(expected.relativize(file).toString());
            if (!Files.isRegularFile(twin) || Files.mismatch(file, twin) >= 0) {
                throw new IOException("Cannot compare: the restored " + twin + " is not equal to " + file + ".");
            }
        }
    }

    static Path fresh(Path folder) throws IOException {
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Folders::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
