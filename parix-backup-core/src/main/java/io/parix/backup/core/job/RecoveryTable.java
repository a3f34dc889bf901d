package io.parix.backup.core.job;

/**
 * What the next worker does, for every durable step of a backup and of a restore: the one table that the engine decides by
 * (spec B4, F5).
 */
final class RecoveryTable {
    private RecoveryTable() {}

    static AfterCrash of(BackupStep step) {
        return switch (step) {
            case QUEUED -> AfterCrash.CLAIM;
            case SNAPSHOTTING, CAPTURING, EXPORTING -> AfterCrash.REPEAT;
            case COMMITTING, COMPLETING -> AfterCrash.FORWARD_ONLY;
            case UNSWEPT -> AfterCrash.SWEEP;
            case COMPLETED, EXPIRING, DISMISSED, SWEPT -> AfterCrash.NOTHING;
        };
    }

    static AfterCrash of(RestoreStep step) {
        return switch (step) {
            case QUEUED -> AfterCrash.CLAIM;
            case STAGING -> AfterCrash.CONTINUE;
            case MOVING, FENCING_OLD, SWAPPING, STARTING, CONFIRMING -> AfterCrash.REPEAT;
            case OPENING, RELEASING -> AfterCrash.FORWARD_ONLY;
            case UNDO_FENCING, UNDO_SWAPPING, UNDO_MOVING -> AfterCrash.UNDO;
            case COMPLETED, DISMISSED, UNDONE, NEEDS_OPERATOR -> AfterCrash.NOTHING;
        };
    }
}
