package io.parix.backup;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one backup when clean-up comes by, and why (spec H12). Made by the rules that clean-up executes and
 * previews show.
 *
 * @param backup which
 * @param reason why it is kept, removed or left alone
 * @param sentence the reason in words, for a dashboard
 * @param expiresAt the first instant past its period, a pending shortening counted (spec H8, H9); in the past for one that is
 *     due or kept past its age. Null where no age decides: on hold, to be deleted, never, not ended, being removed, not touched
 */
public record RetentionDecision(
        BackupId backup,
        Reason reason,
        String sentence,
        @Nullable Instant expiresAt) {
    /** Refuses a reason without words. */
    public RetentionDecision {
        if (sentence.isEmpty()) {
            throw InvalidRequestException.of("retention decision", reason.code(), "the sentence must not be empty");
        }
    }

    /** {@return what becomes of the backup} */
    public Verdict verdict() {
        return reason.verdict();
    }

    /** {@return the first instant past its period, where its age decides} */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expiresAt);
    }

    /** What becomes of a backup. */
    public enum Verdict {
        /** It stays. */
        KEEP("keep"),
        /** It is due: clean-up will begin with it. */
        REMOVE("remove"),
        /** Clean-up has begun with it, and goes on; there is no way back. */
        REMOVING("removing"),
        /** It is not ours to keep or remove: it is shown, and not touched (spec C11). */
        LEAVE_ALONE("leave-alone");

        private final String code;

        Verdict(String code) {
            this.code = code;
        }

        /** {@return the stable text of this verdict} */
        public String code() {
            return code;
        }

        /** {@return whether what the backup needs in storage must stay} */
        public boolean stays() {
            return this == KEEP || this == LEAVE_ALONE;
        }
    }

    /** Why. Where several hold, the first in this order is given. */
    public enum Reason {
        /** Its job has not ended; age counts from completion (spec H8). */
        RUNNING("running", Verdict.KEEP),
        /** Another installation made it (spec C11, J4). */
        FOREIGN_INSTALLATION("foreign-installation", Verdict.LEAVE_ALONE),
        /** It lies in another place than the one registered for its database (spec C11). A swept failure lies nowhere. */
        LOCATION_NOT_REGISTERED("location-not-registered", Verdict.LEAVE_ALONE),
        /** Clean-up has begun with it. */
        BEING_REMOVED("being-removed", Verdict.REMOVING),
        /** It is on hold (spec H6). */
        ON_HOLD("on-hold", Verdict.KEEP),
        /** It failed, and what it created is not swept yet (spec B3). */
        NOT_SWEPT("not-swept", Verdict.KEEP),
        /** Backups are kept for ever (spec H8), and nobody asked for its deletion. */
        NEVER_EXPIRES("never-expires", Verdict.KEEP),
        /** Its period is not over, and nobody asked for its deletion. */
        WITHIN_PERIOD("within-period", Verdict.KEEP),
        /** To go: a restore or a drill uses it (spec F6). */
        IN_USE("in-use", Verdict.KEEP),
        /** To go: a running backup refers to what it holds (spec H11). */
        BASE_OF_RUNNING_BACKUP("base-of-running-backup", Verdict.KEEP),
        /** To go: there is no newer restorable backup of its database, which is not known to be deleted (spec H7). */
        LAST_RESTORABLE("last-restorable", Verdict.KEEP),
        /**
         * To go: the last look at each completed backup of its database, which is not known to be deleted, found something wrong, and
         * this is the newest of them. What was found can pass, and part of a backup is more than nothing.
         */
        LAST_COMPLETE("last-complete", Verdict.KEEP),
        /** Somebody asked for its deletion (spec H6). */
        DELETION_ASKED("deletion-asked", Verdict.REMOVE),
        /** It failed, and its period after the end is over; nothing of it is left but its line in history. */
        FAILED_AND_OLD("failed-and-old", Verdict.REMOVE),
        /** Its period is over (spec H8). */
        EXPIRED("expired", Verdict.REMOVE);

        private final String code;
        private final Verdict verdict;

        Reason(String code, Verdict verdict) {
            this.code = code;
            this.verdict = verdict;
        }

        /**
         * Reads a code.
         *
         * @param code the text of {@link #code()}
         * @return the reason, or empty when there is none of this code
         */
        public static Optional<Reason> of(String code) {
            return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
        }

        /** {@return the stable text of this reason} */
        public String code() {
            return code;
        }

        /** {@return what becomes of a backup for this reason} */
        public Verdict verdict() {
            return verdict;
        }
    }
}
