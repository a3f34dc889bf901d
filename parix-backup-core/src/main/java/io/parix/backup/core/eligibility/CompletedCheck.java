package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.core.check.Condition;

/** E1: the backup completed successfully. */
final class CompletedCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E1", "completed");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        String expected = JobStatus.COMPLETED.code();
        String found = backup.status().code();
        return switch (backup.status()) {
            case COMPLETED -> CONDITION.holds(expected, found, "The backup is complete.");
            case QUEUED, RUNNING ->
                CONDITION.fails("backup-not-completed", expected, found, "The backup has not been completed yet.");
            case FAILED -> CONDITION.fails("backup-failed", expected, found, "The backup failed" + why(backup));
        };
    }

    private static String why(BackupFacts backup) {
        Failure failure = backup.failure();
        return failure == null ? "." : " (" + failure.code() + "): " + failure.message();
    }
}
