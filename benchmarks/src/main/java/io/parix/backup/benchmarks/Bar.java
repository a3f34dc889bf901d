package io.parix.backup.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One row of the table: a figure of ours as a ratio to its baseline's in the same run, and what it has to be.
 *
 * @param words what is compared
 * @param figure how it is read from an outcome
 * @param written how it is written
 * @param must the ratio above which the bar is missed
 * @param aim the ratio that is hoped for
 */
record Bar(String words, ToDoubleFunction<Outcome> figure, Written written, double must, double aim) {
    /** The bars of a local disk, in the order of the page. */
    static final List<Bar> LOCAL = List.of(
            new Bar("first backup", o -> seconds(o, Stage.FIRST_BACKUP), Figures::seconds, 0.40, 0.22),
            new Bar(
                    "second backup after 1 % changed, full read",
                    o -> seconds(o, Stage.SECOND_BACKUP), Figures::seconds, 0.50, 0.30),
            new Bar("restore, on the disk", o -> seconds(o, Stage.RESTORE), Figures::seconds, 0.80, 0.50),
            new Bar("stored bytes after the first backup", Outcome::storedAfterFirst, Figures::mebibytes, 1.00, 0.95),
            new Bar(
                    "stored bytes after the second backup",
                    Outcome::storedAfterSecond,
                    Figures::mebibytes,
                    1.00,
                    0.95));

    /** The bars of an S3 server. */
    static final List<Bar> S3 = List.of(
            new Bar("first backup", o -> seconds(o, Stage.FIRST_BACKUP), Figures::seconds, 0.60, 0.30),
            new Bar(
                    "second backup after 1 % changed, full read",
                    o -> seconds(o, Stage.SECOND_BACKUP), Figures::seconds, 0.60, 0.30),
            new Bar("restore, on the disk", o -> seconds(o, Stage.RESTORE), Figures::seconds, 0.70, 0.35),
            new Bar(
                    "stored bytes after the second backup",
                    Outcome::storedAfterSecond,
                    Figures::mebibytes,
                    1.00,
                    0.95));

    /** The bars of a server that stands for Cloud Storage. What rclone stores is the files, so that is no bar. */
    static final List<Bar> GCS = List.of(
            new Bar("first backup", o -> seconds(o, Stage.FIRST_BACKUP), Figures::seconds, 0.60, 0.35),
            new Bar(
                    "second backup after 1 % changed, full read",
                    o -> seconds(o, Stage.SECOND_BACKUP), Figures::seconds, 0.60, 0.35),
            new Bar("restore, on the disk", o -> seconds(o, Stage.RESTORE), Figures::seconds, 0.60, 0.35));

    /** How a figure is written. */
    @FunctionalInterface
    interface Written {
        String of(double figure);
    }

    String verdict(double ratio) {
        if (ratio <= aim) {
            return "aim reached";
        }
        return ratio <= must ? "reached" : "missed";
    }

    private static double seconds(Outcome outcome, Stage stage) {
        return outcome.seconds(stage).orElseThrow();
    }
}
