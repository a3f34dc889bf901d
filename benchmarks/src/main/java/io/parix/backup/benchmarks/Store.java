package io.parix.backup.benchmarks;

import java.util.List;

/** Where contenders keep what they store. */
enum Store {
    LOCAL("## Whole backups and restores, against restic and borg", "benchmarks/run compare", Bar.LOCAL),
    S3("## Whole backups and restores on S3, against restic", "benchmarks/run compare --s3", Bar.S3);

    private final String heading;
    private final String command;
    private final List<Bar> bars;

    Store(String heading, String command, List<Bar> bars) {
        this.heading = heading;
        this.command = command;
        this.bars = bars;
    }

    String heading() {
        return heading;
    }

    String command() {
        return command;
    }

    List<Bar> bars() {
        return bars;
    }
}
