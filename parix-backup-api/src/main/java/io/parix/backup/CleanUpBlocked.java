package io.parix.backup;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a backup that shall go is still there (spec H5, H10, H11). Clean-up comes back to it by itself.
 *
 * @param backup which
 * @param code the stable code: {@code locked-until}, {@code in-use}, or that of the error
 * @param reason why, for a person; at most 1,000 characters
 * @param until when what locks it ends, or null where that is not known, which counts as locked
 * @param since when clean-up first found it so
 */
public record CleanUpBlocked(
        BackupId backup,
        String code,
        String reason,
        @Nullable Instant until,
        Instant since) {
    private static final int LONGEST = 1_000;

    /** Cuts a long reason. */
    public CleanUpBlocked {
        reason = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
    }

    /** {@return when what locks it ends, where that is known} */
    public Optional<Instant> lockEnds() {
        return Optional.ofNullable(until);
    }
}
