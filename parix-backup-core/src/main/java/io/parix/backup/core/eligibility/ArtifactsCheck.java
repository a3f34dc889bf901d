package io.parix.backup.core.eligibility;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.core.check.Condition;

/** E2: the backup's artifacts are present in storage, and were not found damaged, nor the keys that open them lost. */
final class ArtifactsCheck implements RestoreCheck {
    private static final Condition CONDITION = new Condition("E2", "artifacts-present");
    private static final String EXPECTED = "present and undamaged";

    @Override
    public Check check(BackupFacts backup, CurrentFacts current) {
        Presence presence = backup.presence();
        if (presence != null && !presence.report().passed()) {
            return fails(
                    presence.report(),
                    "artifacts-missing",
                    "missing at " + presence.at(),
                    "Parts of the backup are missing in storage, or do not open: ");
        }
        Verification verification = backup.verification();
        if (verification != null && !verification.passed()) {
            return fails(
                    verification.report(),
                    "artifacts-damaged",
                    "damaged at " + verification.at(),
                    "The backup was found damaged: ");
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

    /** Where nothing is wrong but that keys are lost, it says so: whoever brings them back has the backup again (spec C13). */
    private static Check fails(Report report, String code, String found, String sentence) {
        boolean keys = report.failures().stream().allMatch(check -> check.code().equals(ErrorCode.KEY_LOST.code()));
        return CONDITION.fails(keys ? ErrorCode.KEY_LOST.code() : code, EXPECTED, found, sentence + report.reasons());
    }
}
