package io.parix.backup.core.schedule;

import io.parix.backup.Check;
import io.parix.backup.Report;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.core.check.Bounded;
import io.parix.backup.core.check.Condition;
import java.util.List;

/** Why a run of a schedule was not started (spec G5, G6). */
public final class SkipReasons {
    private static final Condition ALONE = new Condition("G6", "no-overlap");
    private static final String TAKEN = "workflow-active";

    private SkipReasons() {}

    /**
     * The reasons where something else holds the database's slot.
     *
     * @param report the report of availability with the holder among the active workflows
     * @param holder what holds the slot
     * @return the report, in which a backup that is still going is called {@code overlap}
     */
    public static Report occupied(Report report, Workflow holder) {
        return holder.kind() == WorkflowKind.BACKUP
                ? new Report(report.checks().stream()
                        .map(check -> check.code().equals(TAKEN) ? overlap(check, holder) : check)
                        .toList())
                : report;
    }

    private static Check overlap(Check taken, Workflow holder) {
        return ALONE.fails(
                "overlap",
                taken.expected(),
                taken.found(),
                "Another backup, " + holder.owner() + ", was still going when this one came due.");
    }

    /**
     * The report of a run that came due while its database was being restored (spec F8).
     *
     * @return one check that failed, {@code restored-meanwhile}
     */
    public static Report restored() {
        return new Report(List.of(new Condition("F8", "not-restored-meanwhile")
                .fails(
                        "restored-meanwhile",
                        "no restore",
                        "a restore",
                        "The database was being restored when the backup came due.")));
    }

    /**
     * The report of a run at whose start something was thrown, again and again until it was too late.
     *
     * @param thrown the name of its class; what it says may be a secret, and is for the log
     * @return one check that failed, {@code could-not-start}
     */
    public static Report couldNotStart(String thrown) {
        return new Report(List.of(new Condition("G5", "could-start")
                .fails(
                        "could-not-start",
                        "a start",
                        Bounded.text(thrown),
                        "The backup could not be started in time: " + Bounded.text(thrown)
                                + " was thrown. The log says more.")));
    }

    /**
     * A report of which a schedule's row can hold several.
     *
     * @param report any
     * @return the same checks, every text of which has at most 501 characters
     */
    public static Report bounded(Report report) {
        return new Report(report.checks().stream()
                .map(check -> new Check(
                        check.rule(),
                        check.code(),
                        check.outcome(),
                        Bounded.text(check.expected()),
                        Bounded.text(check.found()),
                        Bounded.text(check.sentence())))
                .toList());
    }
}
