package io.parix.backup.examples.schedule;

import io.parix.backup.Actor;
import io.parix.backup.BackupAnswer;
import io.parix.backup.Cadence;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Schedules;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.examples.parts.PageText;
import io.parix.backup.examples.parts.SteppedDatabase;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A database that is backed up daily, and what its card says on the way: through the change to summer time in Berlin, a downtime
 * of three days, a resize, and a pause.
 */
public final class Schedule {
    private static final Actor ADA = new Actor("ada@example.com");

    private final PrintStream out;
    private final SteppedDatabase week;

    private Schedule(PrintStream out, SteppedDatabase week) {
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
        SteppedDatabase.during("2026-03-27T12:00:00Z", week -> new Schedule(out, week).tell());
    }

    private void tell() {
        Schedules schedules = week.parix.schedules();
        show("set", schedules.set(SteppedDatabase.LEDGER, Cadence.daily("02:30", "Europe/Berlin"), ADA));
        for (int run = 0; run < 3; run++) {
            passUntilNextRun();
            show("ran", card());
        }
        week.pass(Duration.ofDays(3).plusMinutes(10));
        show("was down for three days", card());
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-7");
        week.parix.occupy(SteppedDatabase.LEDGER, resize);
        passUntilNextRun();
        week.parix.vacate(SteppedDatabase.LEDGER, resize);
        show("was being resized", card());
        show("paused", schedules.pause(SteppedDatabase.LEDGER, ADA));
        week.pass(Duration.ofDays(4));
        BackupAnswer answer = schedules.runNow(SteppedDatabase.LEDGER, ADA);
        out.println(answer instanceof BackupAnswer.Accepted ? "a backup was asked for now" : "refused");
        show("resumed", schedules.resume(SteppedDatabase.LEDGER, ADA));
    }

    private void passUntilNextRun() {
        week.passUntil(card().nextRun().orElseThrow().at());
    }

    private ScheduleCard card() {
        return week.parix.schedules().card(SteppedDatabase.LEDGER).orElseThrow();
    }

    private void show(String when, ScheduleCard card) {
        out.println(when);
        PageText.schedule(card).forEach(line -> out.println("  " + line));
    }
}
