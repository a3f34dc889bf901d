package io.parix.backup;

import java.time.Instant;

/**
 * What was last found out about a backup (spec C10).
 *
 * @param level how far it was looked at
 * @param at when
 * @param report what was found; a failed one means that the backup is damaged
 */
public record Verification(VerificationLevel level, Instant at, Report report) {

    /** {@return whether the backup is as it was written} */
    public boolean passed() {
        return report.passed();
    }
}
