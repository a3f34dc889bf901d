package io.parix.backup.examples.page;

import io.parix.backup.Actor;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.Protection;
import io.parix.backup.examples.parts.PageText;
import io.parix.backup.examples.parts.SteppedDatabase;
import java.io.PrintStream;
import java.time.Duration;

/** How protected a database is, from before its first backup to more than two days after its schedule was paused (spec J2). */
public final class Protected {
    private static final Actor ADA = new Actor("ada@example.com");

    private final PrintStream out;
    private final SteppedDatabase week;

    private Protected(PrintStream out, SteppedDatabase week) {
        this.out = out;
        this.week = week;
    }

    /**
     * Tells the story.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        tell(System.out);
    }

    static void tell(PrintStream out) {
        SteppedDatabase.during("2026-03-02T12:00:00Z", week -> new Protected(out, week).tell());
    }

    private void tell() {
        show("at first");
        week.parix.backups().request(BackupRequest.of(SteppedDatabase.LEDGER, ADA));
        week.pass(Duration.ofHours(1));
        show("backed up by hand");
        week.parix.schedules().set(SteppedDatabase.LEDGER, Cadence.daily("03:00", "UTC"), ADA);
        week.pass(Duration.ofHours(14));
        show("scheduled, and run once");
        week.parix.schedules().pause(SteppedDatabase.LEDGER, ADA);
        week.pass(Duration.ofHours(49));
        show("paused for more than two days");
    }

    private void show(String when) {
        Protection protection = week.parix.backupsPage().protection(SteppedDatabase.LEDGER);
        out.println(when + ": " + (protection.isProtected() ? "protected" : "not protected"));
        protection.nextRun().ifPresent(run -> out.println("  next      " + run.at()));
        PageText.protection(protection).forEach(line -> out.println("  " + line));
    }
}
