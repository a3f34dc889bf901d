package io.parix.backup.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docs/performance.md}: a title, and one section for each benchmark, which writes its own and keeps the others. */
final class PageSections {
    private static final String TITLE = "# Performance";
    private static final String SECTION = "## ";

    private PageSections() {}

    /**
     * Writes a section into a page.
     *
     * @param file the page; one that is not there is begun
     * @param section its lines; the first is its heading, {@code ## …}
     */
    static void write(Path file, List<String> section) throws IOException {
        List<String> page = Files.exists(file) ? Files.readAllLines(file) : List.of();
        Files.write(file, with(page, section));
    }

    /**
     * Puts a section into a page, in the place of the one with the same heading, or at the end.
     *
     * @param page the lines of the page
     * @param section the lines of the section, its heading first
     * @return the lines of the page as it is now
     */
    static List<String> with(List<String> page, List<String> section) {
        if (section.isEmpty() || !section.get(0).startsWith(SECTION)) {
            throw new IllegalArgumentException("A section begins with its heading, " + SECTION + "…");
        }
        Map<String, List<String>> sections = sections(page);
        sections.put(section.get(0), section);
        List<String> lines = new ArrayList<>(List.of(TITLE));
        sections.values().forEach(each -> {
            lines.add("");
            lines.addAll(trimmed(each));
        });
        return lines;
    }

    private static Map<String, List<String>> sections(List<String> page) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : page) {
            if (line.startsWith(SECTION)) {
                current = new ArrayList<>();
                sections.put(line, current);
            }
            current.add(line);
        }
        return sections;
    }

    private static List<String> trimmed(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(0, end);
    }
}
