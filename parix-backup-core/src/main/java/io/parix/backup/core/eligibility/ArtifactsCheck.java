package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.Verification;
import io.parix.backup.core.check.Condition;

/** E2: the backup's artifacts are present in storage, and were not found damaged. */
final class ArtifactsCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E2", "artifacts-present");
    private static final String EXPECTED = "present and undamaged";

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        Presence presence = backup.presence();
        if (presence != null && !presence.report().passed()) {
            return CONDITION.fails(
                    "artifacts-missing",
                    EXPECTED,
                    "missing at " + presence.at(),
                    "Parts of the backup are missing in storage, or do not open: "
                            + presence.report().reasons());
        }
        Verification verification = backup.verification();
        if (verification != null && !verification.passed()) {
            return CONDITION.fails(
                    "artifacts-damaged",
                    EXPECTED,
                    "damaged at " + verification.at(),
                    "The backup was found damaged: " + verification.report().reasons());
        }
        if (presence == null) {
            return CONDITION.fails(
                    "presence-unknown",
                    EXPECTED,
                    "not looked at",
                    "Whether the backup's artifacts are in storage has not been looked at.");
        }
        return CONDITION.holds(EXPECTED, "present at " + presence.at(), "The backup's artifacts are in storage.");
    }
}
