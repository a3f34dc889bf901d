package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.core.check.Condition;

/** E14: the backup is not being cleaned up, nor due for it. */
final class RetentionCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E14", "kept");

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        return switch (backup.retained()) {
            case KEPT -> CONDITION.holds("kept", "kept", "The backup is kept.");
            case DUE ->
                CONDITION.fails(
                        "clean-up-due",
                        "kept",
                        "due for clean-up",
                        "The backup is past its retention period, or its deletion was asked for, and may be removed at any moment.");
            case EXPIRING ->
                CONDITION.fails("being-cleaned-up", "kept", "being removed", "The backup is being removed.");
        };
    }
}
