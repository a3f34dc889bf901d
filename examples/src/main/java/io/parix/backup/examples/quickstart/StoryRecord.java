package io.parix.backup.examples.quickstart;

import io.parix.backup.examples.parts.Refused;
import io.parix.backup.examples.parts.SmallFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How far a story has come, in a file that is whole whenever the process is killed. What an act finds out is written with the
 * step that it belongs to, or not at all.
 */
final class StoryRecord {
    private static final String FORMAT = "format";
    private static final String KNOWN_FORMAT = "1";
    private static final String BEGUN = "begun";
    private static final String MADE = "made-directory";
    private static final String REACHED = "reached";
    private static final String WHAT = "what.";
    private static final String ROW = "row.";
    private static final String FACT = "fact.";

    private final Path file;
    private final Map<String, String> entries;

    private StoryRecord(Path file, Map<String, String> entries) {
        this.file = file;
        this.entries = new TreeMap<>(entries);
    }

    /** Begins a story, durably. */
    static StoryRecord begin(Path file, Map<String, String> what, boolean madeDirectory) throws IOException {
        StoryRecord begun = new StoryRecord(file, Map.of());
        begun.entries.put(FORMAT, KNOWN_FORMAT);
        begun.entries.put(BEGUN, Instant.now().toString());
        begun.entries.put(MADE, Boolean.toString(madeDirectory));
        begun.entries.put(REACHED, "0");
        what.forEach((key, value) -> begun.entries.put(WHAT + key, value));
        begun.write();
        return begun;
    }

    /** Reads the record of a story that was begun; none when there is no file. */
    static Optional<StoryRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Properties read = new Properties();
            read.load(new StringReader(Files.readString(file)));
            Map<String, String> entries = new TreeMap<>();
            read.stringPropertyNames().forEach(key -> entries.put(key, read.getProperty(key)));
            StoryRecord record = new StoryRecord(file, entries);
            record.requireWhole();
            return Optional.of(record);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new Refused(
                    "work-in-use",
                    file + " is no record of this version of the quickstart (" + e.getMessage()
                            + "). Remove it with what lies beside it, or give another --work.");
        }
    }

    private void requireWhole() {
        if (!KNOWN_FORMAT.equals(entries.get(FORMAT))) {
            throw new IllegalArgumentException("its format is " + entries.get(FORMAT) + ", not " + KNOWN_FORMAT);
        }
        reached();
        rows();
        Instant.parse(value(BEGUN));
    }

    /** Refuses to go on with another story than the one that was begun. */
    void requireSame(Map<String, String> what) {
        Map<String, String> begun = part(WHAT);
        if (!begun.equals(what)) {
            throw new Refused(
                    "other-story",
                    file.getParent() + " holds a run of " + words(begun) + ", this one is of " + words(what)
                            + ". Give the options that it was begun with, or another --work.");
        }
    }

    private static String words(Map<String, String> what) {
        return String.join(
                ", ",
                what.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
    }

    String begun() {
        return value(BEGUN);
    }

    boolean madeDirectory() {
        return Boolean.parseBoolean(entries.get(MADE));
    }

    /** How many steps are done. */
    int reached() {
        return Integer.parseInt(value(REACHED));
    }

    /** Writes, durably, that so many steps are done, and everything that was put down since the last time. */
    void reach(int steps) throws IOException {
        entries.put(REACHED, Integer.toString(steps));
        write();
    }

    void put(String fact, String value) {
        entries.put(FACT + fact, value);
    }

    String fact(String name) {
        return value(FACT + name);
    }

    /** The facts whose names begin so, by the rest of their names. */
    Map<String, String> facts(String prefix) {
        return part(FACT + prefix);
    }

    void add(Row row) {
        entries.put(String.format("%s%03d", ROW, part(ROW).size()), row.line());
    }

    List<Row> rows() {
        return new ArrayList<>(part(ROW).values()).stream().map(Row::of).toList();
    }

    void remove() throws IOException {
        SmallFile.remove(file);
    }

    private Map<String, String> part(String prefix) {
        Map<String, String> found = new TreeMap<>();
        entries.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private String value(String key) {
        return Objects.requireNonNullElseGet(entries.get(key), () -> {
            throw new IllegalArgumentException(key + " is missing");
        });
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach((key, value) ->
                text.append(escaped(key)).append('=').append(escaped(value)).append('\n'));
        SmallFile.write(file, text.toString());
    }

    /** As {@link Properties} reads it back. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c > 0x20 && c < 0x7f && "\\=:#!".indexOf(c) < 0) {
                out.append((char) c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }
}
