package io.parix.backup.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The working tree that this module was built in. Build output and editors' folders are no part of it. */
final class Repository {
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", ".settings", "node_modules");

    private Repository() {}

    /** {@return the folder that holds all modules} */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(Room.API.module()))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "Cannot find the repository above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    static Path classes(Room room) {
        return root().resolve(room.module()).resolve("target/classes");
    }

    static Path mainSources(Room room) {
        return root().resolve(room.module()).resolve("src/main/java");
    }

    static Path testSources(Room room) {
        return root().resolve(room.module()).resolve("src/test/java");
    }

    /** {@return every module's main sources, also of modules that no rule knows by name} */
    static List<Path> allMainSources() {
        return javaFiles().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    /** {@return every module's test sources, and the testkit, which is made of tests for others} */
    static List<Path> allTestSources() {
        return javaFiles().stream()
                .filter(file ->
                        file.toString().contains("/src/test/java/") || file.startsWith(mainSources(Room.TESTKIT)))
                .toList();
    }

    static List<Path> javaFiles() {
        return files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    static List<Path> javaFilesIn(Path folder) {
        return javaFiles().stream().filter(file -> file.startsWith(folder)).toList();
    }

    /** {@return every file that belongs to the repository, whether or not a version control system is at hand} */
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean scratch = folder.equals(root().resolve("work"));
                    return scratch || NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !file.getFileName().toString().equals(".git")) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the folder, below the root, of the module that a source belongs to; one module may lie in another's folder} */
    static String moduleOf(Path source) {
        String shown = shown(source);
        return shown.substring(0, shown.indexOf("/src/"));
    }

    static String shown(Path file) {
        return root().relativize(file).toString();
    }
}
