package io.parix.backup.core.eligibility;

import io.parix.backup.Check;

/** One rule of eligibility. Pure, and always an answer: where a fact is missing the rule fails (spec E15). */
interface RestoreCheck {
    /** {@return what the rule finds} */
    Check check(BackupFacts backup, CurrentFacts current);
}
