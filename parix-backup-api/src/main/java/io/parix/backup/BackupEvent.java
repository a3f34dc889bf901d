package io.parix.backup;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a backup or a restore (spec J1).
 *
 * @param id unique and stable: a repeated delivery has the same id
 * @param kind what happened
 * @param database whose
 * @param job the backup's or restore's id; where a whole clean-up has stopped, that of the clean-up; for
 *     {@link Kind#RUN_SKIPPED} and {@link Kind#RUN_MISSED}, where there is no job, the name of the run, {@code parix-run-} and its local date, or that of the last run that was missed
 * @param at when, on the catalog's clock
 * @param failure for failures, the code; for damage, that of what was found first; where a whole clean-up has stopped, the code of why, if it has one; else null
 */
public record BackupEvent(
        String id,
        Kind kind,
        DatabaseId database,
        String job,
        Instant at,
        @Nullable ErrorCode failure) {

    /** What can happen. */
    public enum Kind {
        /** A backup was asked for and queued. */
        BACKUP_REQUESTED("backup-requested"),
        /** A worker began it. */
        BACKUP_STARTED("backup-started"),
        /** It is restorable. */
        BACKUP_COMPLETED("backup-completed"),
        /** It failed. */
        BACKUP_FAILED("backup-failed"),
        /** A backup was found damaged. */
        BACKUP_DAMAGED("backup-damaged"),
        /** A backup is past its age, or its deletion was asked for, and its clean-up begins. */
        BACKUP_EXPIRING("backup-expiring"),
        /** Nothing is left of an expired, deleted or failed backup. */
        BACKUP_REMOVED("backup-removed"),
        /** A backup that was to go is kept: the last restorable one of its database (spec H7). */
        BACKUP_KEPT_AS_LAST("backup-kept-as-last"),
        /** Something that shall go is still there, or a clean-up has stopped; it comes back by itself. */
        CLEAN_UP_BLOCKED("clean-up-blocked"),
        /** A restore was asked for and queued. */
        RESTORE_REQUESTED("restore-requested"),
        /** The database serves what was restored. */
        RESTORE_COMPLETED("restore-completed"),
        /** A restore failed; the database is as it was. */
        RESTORE_FAILED("restore-failed"),
        /** A restore can neither go on nor back; the old files are kept. */
        RESTORE_NEEDS_OPERATOR("restore-needs-operator"),
        /** A run of a schedule could not be started; the schedule's card says why (spec G5). */
        RUN_SKIPPED("run-skipped"),
        /** Runs of a schedule were missed and are not made up; one event for all that were noticed together (spec G4). */
        RUN_MISSED("run-missed");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** {@return the stable text of this kind} */
        public String code() {
            return code;
        }
    }

    /** {@return the code of the failure or of what stopped, where there is one} */
    public Optional<ErrorCode> failureCode() {
        return Optional.ofNullable(failure);
    }
}
