package io.parix.backup.testkit.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/**
 * At which seed each planted defect was found last: it is tried first, and then all the others in their order. Whoever makes seeds mean other runs
 * writes them anew with {@code -Dseeds.write=true}.
 */
final class FoundSeeds {
    private static final Path FILE = Path.of("src", "test", "resources", "planted-seeds.properties");

    private FoundSeeds() {}

    /** The names of the defects that are on record. */
    static Set<String> known() {
        return read().keySet();
    }

    /** Every seed of the build, the one at which it was found last before all others. */
    static Iterable<Long> of(Enum<?> defect) {
        String known = read().get(defect.name());
        return known == null ? BuildSeeds.ORDERED : first(Long.parseLong(known));
    }

    private static List<Long> first(long seed) {
        if (seed < 0 || seed >= BuildSeeds.COUNT) {
            throw new AssertionError(FILE + " names seed " + seed + ", which the build does not run");
        }
        return Stream.concat(Stream.of(seed), BuildSeeds.ORDERED.stream().filter(other -> other != seed))
                .toList();
    }

    /** Tells where it was found where that is another seed than on record; and puts that on record, if that is asked for. */
    static synchronized void found(Enum<?> defect, long seed, TestReporter reporter) throws IOException {
        Map<String, String> all = read();
        if (!Long.toString(seed).equals(all.get(defect.name()))) {
            reporter.publishEntry(defect.name(), "is on record at seed " + all.get(defect.name()) + ": write it anew");
        }
        if (Boolean.getBoolean("seeds.write")) {
            all.put(defect.name(), Long.toString(seed));
            Set<String> planted = Stream.<Enum<?>>concat(
                            Arrays.stream(Planted.values()), Arrays.stream(PlantedLine.values()))
                    .map(Enum::name)
                    .collect(Collectors.toSet());
            all.keySet().retainAll(planted);
            String lines = all.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                    .collect(Collectors.joining());
            Files.writeString(FILE, lines);
        }
    }

    private static Map<String, String> read() {
        Properties known = new Properties();
        try (InputStream in = Files.newInputStream(FILE)) {
            known.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sorted = new TreeMap<>();
        known.forEach((name, seed) -> sorted.put(name.toString(), seed.toString()));
        return sorted;
    }
}
