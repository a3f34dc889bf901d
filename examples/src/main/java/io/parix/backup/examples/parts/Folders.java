package io.parix.backup.examples.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that an example makes and takes away again. */
public final class Folders {
    private Folders() {}

    /**
     * Removes a folder with everything in it.
     *
     * @param folder the folder, which need not be there
     * @throws IOException when something in it cannot be removed
     */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
