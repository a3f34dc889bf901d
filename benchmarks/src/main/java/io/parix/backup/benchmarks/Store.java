package io.parix.backup.benchmarks;

import java.util.List;

/** Where contenders keep what they store. */
enum Store {
    LOCAL("## Whole backups and restores, against restic and borg", "benchmarks/run compare", "restic"),
    S3("## Whole backups and restores on S3, against restic", "benchmarks/run compare --s3", "restic"),
    GCS("## Whole backups and restores on Cloud Storage, against rclone", "benchmarks/run compare --gcs", "rclone");

    private final String heading;
    private final String command;
    private final String baseline;

    Store(String heading, String command, String baseline) {
        this.heading = heading;
        this.command = command;
        this.baseline = baseline;
    }

    String heading() {
        return heading;
    }

    String command() {
        return command;
    }

    /** Whose figures ours are a ratio to. */
    String baseline() {
        return baseline;
    }

    List<Bar> bars() {
        return switch (this) {
            case LOCAL -> Bar.LOCAL;
            case S3 -> Bar.S3;
            case GCS -> Bar.GCS;
        };
    }
}
