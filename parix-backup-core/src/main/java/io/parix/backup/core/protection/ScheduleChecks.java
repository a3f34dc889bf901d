package io.parix.backup.core.protection;

import io.parix.backup.Backup;
import io.parix.backup.Check;
import io.parix.backup.JobStatus;
import io.parix.backup.LastRun;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import io.parix.backup.core.check.Condition;
import io.parix.backup.core.schedule.ScheduledRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule says against the promise: something in time, for older backups stand; now only where it is certain that no run comes,
 * and nobody wants it so.
 */
final class ScheduleChecks {
    private static final Condition SCHEDULED = new Condition("J2", "scheduled");
    private static final Condition LAST_RUN = new Condition("J2", "last-run-made-a-backup");
    private static final String BACKUP = "a backup";

    private ScheduleChecks() {}

    /** The checks of a schedule, or of there being none. */
    static List<Check> of(@Nullable ScheduleCard card, Instant now) {
        if (card == null) {
            return List.of(SCHEDULED.warns(
                    "no-schedule",
                    "a schedule",
                    "none",
                    "The database has no schedule: it is backed up by hand only."));
        }
        Check scheduled = scheduled(card, now);
        LastRun last = card.last();
        return last == null ? List.of(scheduled) : List.of(scheduled, lastRun(last, card.backup()));
    }

    private static Check scheduled(ScheduleCard card, Instant now) {
        return card.nextRun()
                .map(run -> next(run.at(), now))
                .orElseGet(() -> SCHEDULED.warns(
                        "schedule-paused", "a next run", "paused", "The schedule is paused: no run comes by itself."));
    }

    private static Check next(Instant at, Instant now) {
        if (ScheduledRun.canBeNext(at, now)) {
            return SCHEDULED.holds("a next run", at.toString(), "A next run is planned.");
        }
        return SCHEDULED.fails(
                "next-run-too-far",
                "a next run within days",
                at.toString(),
                "The next run is planned for " + at
                        + ", by a clock that was ahead. A node that looks for due runs plans it anew; so does setting the schedule.");
    }

    private static Check lastRun(LastRun last, @Nullable Backup backup) {
        String run = "The run of " + last.day();
        if (last.outcome() instanceof RunOutcome.Missed) {
            return LAST_RUN.warns("runs-missed", BACKUP, "missed", run + " was missed: it was not started in time.");
        }
        if (last.outcome() instanceof RunOutcome.Skipped skipped) {
            return LAST_RUN.warns(
                    "last-run-skipped",
                    BACKUP,
                    "skipped",
                    run + " was skipped: " + skipped.report().reasons());
        }
        if (backup != null && backup.status() == JobStatus.FAILED) {
            String why =
                    backup.failed().map(failure -> ": " + failure.message()).orElse(".");
            return LAST_RUN.warns("last-run-failed", BACKUP, "failed", run + " failed" + why);
        }
        return LAST_RUN.holds(BACKUP, "begun", run + " began a backup.");
    }
}
