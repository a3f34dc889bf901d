package io.parix.backup.benchmarks;

import java.util.List;

/** Where contenders keep what they store. */
enum Store {
    LOCAL("## Whole backups and restores, against restic and borg", "benchmarks/run compare"),
    S3("## Whole backups and restores on S3, against restic", "benchmarks/run compare --s3");

    private final String heading;
    private final String command;

    Store(String heading, String command) {
        this.heading = heading;
        this.command = command;
    }

    String heading() {
        return heading;
    }

    String command() {
        return command;
    }

    List<Bar> bars() {
        return this == S3 ? Bar.S3 : Bar.LOCAL;
    }
}
