package io.parix.backup.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test class that holds an implementation to contracts, as its source declares it.
 *
 * @param module it is in
 * @param test what it is called, after the class that it stands in where it stands in one
 * @param parent the class that it extends, or nothing
 * @param contracts the interfaces that it implements
 */
record Implementation(String module, String test, String parent, List<String> contracts) {
    private static final Pattern CLASS =
            Pattern.compile("\\bclass (\\w+)(?:\\s+extends (\\w+))?(?:\\s+implements ([\\w\\s,]+?))?\\s*\\{");
    private static final Path SOURCES = Path.of("src", "test", "java");

    /** How deep a module lies at most: {@code examples/provider-in-a-day} is one in another. */
    private static final int DEEPEST = 2;

    /** Every class of every module's tests. */
    static List<Implementation> all() throws IOException {
        List<Implementation> all = new ArrayList<>();
        Path root = Path.of("..");
        try (Stream<Path> folders = Files.find(
                root, DEEPEST, (path, found) -> found.isDirectory() && Files.isDirectory(path.resolve(SOURCES)))) {
            for (Path module : folders.sorted().toList()) {
                read(root.relativize(module), module.resolve(SOURCES), all);
            }
        }
        return all;
    }

    private static void read(Path module, Path tests, List<Implementation> all) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                all.addAll(declared(module.toString(), file.getFileName().toString(), Files.readString(file)));
            }
        }
    }

    /** The classes of one source. */
    static List<Implementation> declared(String module, String file, String source) {
        String outer = file.substring(0, file.length() - ".java".length());
        List<Implementation> declared = new ArrayList<>();
        Matcher match = CLASS.matcher(source);
        while (match.find()) {
            String name = match.group(1).equals(outer) ? outer : outer + "." + match.group(1);
            String parent = match.group(2) == null ? "" : match.group(2);
            List<String> contracts = match.group(3) == null
                    ? List.of()
                    : Arrays.stream(match.group(3).split(",", -1))
                            .map(String::strip)
                            .toList();
            declared.add(new Implementation(module, name, parent, contracts));
        }
        return declared;
    }

    /** Whether it, or a class that it extends, implements an interface. */
    boolean isHeldTo(String contract, List<Implementation> all) {
        return contracts.contains(contract)
                || all.stream()
                        .anyMatch(each ->
                                each.module.equals(module) && each.test.equals(parent) && each.isHeldTo(contract, all));
    }
}
