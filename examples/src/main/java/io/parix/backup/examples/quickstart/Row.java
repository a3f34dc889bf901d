package io.parix.backup.examples.quickstart;

import io.parix.backup.ByteSize;
import java.time.Duration;

/** The numbers of a finished act; zero bytes are shown as none. */
record Row(String name, ByteSize read, ByteSize stored, ByteSize added, Duration took) {
    private static final String BETWEEN = "|";

    static Row reading(String name, long bytes, Duration took) {
        return new Row(name, new ByteSize(bytes), ByteSize.ZERO, ByteSize.ZERO, took);
    }

    /** The same as one line of the record. */
    String line() {
        return String.join(
                BETWEEN,
                name,
                Long.toString(read.bytes()),
                Long.toString(stored.bytes()),
                Long.toString(added.bytes()),
                Long.toString(took.toMillis()));
    }

    static Row of(String line) {
        String[] parts = line.split("\\" + BETWEEN, -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("Not a row: " + line);
        }
        return new Row(
                parts[0], size(parts[1]), size(parts[2]), size(parts[3]), Duration.ofMillis(Long.parseLong(parts[4])));
    }

    private static ByteSize size(String bytes) {
        return new ByteSize(Long.parseLong(bytes));
    }
}
