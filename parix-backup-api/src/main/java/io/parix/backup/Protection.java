package io.parix.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How protected a database is (spec J2).
 *
 * @param database which
 * @param at when this was read, on the catalog's clock
 * @param newest the newest restorable backup: completed here, in the registered place, not found damaged, neither expiring nor due;
 *     null where there is none. One that a clock which was ahead has dated in the future is none
 * @param next the next run of the schedule, or null where none is to come, as of a database that was deleted
 * @param report what was looked at, in this order. What fails breaks the promise now: {@code database-unknown}, {@code database-deleted},
 *     {@code no-backup}, {@code backup-not-known} (none of the newest 1,000 is restorable, and there are older ones),
 *     {@code newest-damaged}, {@code newest-older-than} (over 48 hours, or two days of the schedule),
 *     {@code newest-not-eligible} (the database has another shape or place than the backup), {@code next-run-too-far} (a clock was ahead
 *     when it was planned; a node that looks for due runs plans it anew). What warns would break it in time:
 *     {@code only-one-restorable}, {@code no-schedule}, {@code schedule-paused}, {@code last-run-failed}, {@code last-run-skipped},
 *     {@code runs-missed}, {@code clean-up-stopped}. What has no subject, as the age of no backup, is not in it
 */
public record Protection(
        DatabaseId database,
        Instant at,
        @Nullable Newest newest,
        @Nullable NextRun next,
        Report report) {

    /** {@return whether nothing breaks the promise now; warnings do not} */
    public boolean isProtected() {
        return report.passed();
    }

    /** {@return the newest restorable backup, where there is one} */
    public Optional<Newest> newestRestorable() {
        return Optional.ofNullable(newest);
    }

    /** {@return the next run of the schedule, where one is to come} */
    public Optional<NextRun> nextRun() {
        return Optional.ofNullable(next);
    }

    /**
     * A restorable backup.
     *
     * @param backup the backup
     * @param level how far it was verified
     * @param coveredUntil everything acknowledged before this instant is in it
     * @param age how long ago that was: what a restore would lose; zero or more
     */
    public record Newest(Backup backup, VerificationLevel level, Instant coveredUntil, Duration age) {
        /** {@return what its last restore drill found out and how long that took, where there was one (spec F9)} */
        public Optional<DrillRecord> lastDrill() {
            return backup.completed().flatMap(BackupContents::lastDrill);
        }
    }
}
