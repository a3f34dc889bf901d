package io.parix.backup.faults;

import java.nio.file.Path;

/** The kinds of catalogs that processes are killed on. */
enum Database {
    /** A file, and one process at a time. */
    H2(1),
    /** A server, and two processes at a time. */
    POSTGRESQL(2);

    private final int processes;

    Database(int processes) {
        this.processes = processes;
    }

    /** {@return how many processes share a catalog} */
    int processes() {
        return processes;
    }

    /** The URL of a catalog in H2, which lies in the folder of its round. */
    static String h2In(Path folder) {
        return "jdbc:h2:" + folder.resolve("catalog").toAbsolutePath();
    }
}
