package io.parix.backup.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.parix.backup.micrometer.Installation.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page for operators and the meters say the same. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "operations", "metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(parix[a-z.]+)` \\| (\\w+), (\\w+) \\| ([^|]*) \\|");
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

    private static String described(Meter.Id id, Set<String> tags) {
        String unit = id.getBaseUnit() == null ? "count" : id.getBaseUnit();
        return id.getType().name().toLowerCase(Locale.ROOT) + ", " + unit + ", " + tags;
    }

    @Test
    @DisplayName("J1 docs/operations/metrics.md lists every meter with its type, unit and tags, and no other")
    void listsEveryMeter() throws IOException {
        Map<String, Set<String>> tags = new TreeMap<>();
        Map<String, String> registered = new TreeMap<>();
        try (Node node = new Installation().start()) {
            List<Meter> meters = node.meters.getMeters();
            for (Meter meter : meters) {
                Set<String> mine = tags.computeIfAbsent(meter.getId().getName(), name -> new TreeSet<>());
                meter.getId().getTags().stream().map(Tag::getKey).forEach(mine::add);
                registered.put(meter.getId().getName(), described(meter.getId(), mine));
            }
        }

        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                Set<String> mine = new TreeSet<>();
                CODE.matcher(row.group(4)).results().forEach(code -> mine.add(code.group(1)));
                listed.put(row.group(1), row.group(2) + ", " + row.group(3) + ", " + mine);
            }
        }
        assertThat(listed).isEqualTo(registered).hasSizeGreaterThan(10);
    }
}
