package io.parix.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database's schedule as a dashboard shows it (spec G1, D5).
 *
 * @param database whose
 * @param cadence how often it runs
 * @param setBy who set the cadence; the backups of its runs name this actor (spec A5)
 * @param next the next run; null while the schedule is paused, and where the database was deleted
 * @param last the last run that came due, or null when none has yet. A backup that was asked for by
 *     {@link Schedules#runNow} is none
 * @param backup the backup of the last run as it is now; null when that run made none, or its backup is no longer in the
 *     catalog
 * @param missed the runs that were missed, or null when none was
 */
public record ScheduleCard(
        DatabaseId database,
        Cadence cadence,
        Actor setBy,
        @Nullable NextRun next,
        @Nullable LastRun last,
        @Nullable Backup backup,
        @Nullable MissedRuns missed) {

    /** {@return whether no run comes: the schedule is paused, or its database was deleted} */
    public boolean paused() {
        return next == null;
    }

    /** {@return the next run; empty where none comes} */
    public Optional<NextRun> nextRun() {
        return Optional.ofNullable(next);
    }

    /** {@return the last run that came due, where one has} */
    public Optional<LastRun> lastRun() {
        return Optional.ofNullable(last);
    }

    /** {@return the backup of the last run as it is now, where there is one} */
    public Optional<Backup> lastBackup() {
        return Optional.ofNullable(backup);
    }

    /** {@return the runs that were missed, where some were} */
    public Optional<MissedRuns> missedRuns() {
        return Optional.ofNullable(missed);
    }
}
