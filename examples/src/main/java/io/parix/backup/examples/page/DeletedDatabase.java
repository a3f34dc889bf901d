package io.parix.backup.examples.page;

import io.parix.backup.Actor;
import io.parix.backup.Cadence;
import io.parix.backup.examples.parts.PageText;
import io.parix.backup.examples.parts.SteppedDatabase;
import io.parix.backup.host.DatabaseFacts;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** A database is deleted; its backups stay on the page until they expire, the last one too (spec H2). */
public final class DeletedDatabase {
    private static final Actor ADA = new Actor("ada@example.com");

    private final PrintStream out;
    private final SteppedDatabase week;

    private DeletedDatabase(PrintStream out, SteppedDatabase week) {
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
        SteppedDatabase.during("2026-03-02T12:00:00Z", week -> new DeletedDatabase(out, week).tell());
    }

    private void tell() {
        var card = week.parix.schedules().set(SteppedDatabase.LEDGER, Cadence.daily("03:00", "UTC"), ADA);
        Instant run = card.nextRun().orElseThrow().at();
        for (int night = 0; night < 3; night++) {
            week.passUntil(run.plus(Duration.ofDays(night)));
        }
        show("three nights later");
        week.say(new DatabaseFacts.Deleted(week.now()));
        week.pass(Duration.ofHours(6));
        show("deleted");
        week.passUntil(run.plus(Duration.ofDays(7)));
        show("a week after the first backup");
        // Clean-up looks at what expires when it does.
        week.passUntil(run.plus(Duration.ofDays(9)));
        show("a week after the last one");
    }

    private void show(String when) {
        out.println(when);
        PageText.read(week.parix.backupsPage(), SteppedDatabase.LEDGER, ADA).forEach(out::println);
    }
}
