package io.parix.backup;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a backup does not expire until somebody lifts this (spec H6, C11).
 *
 * @param reason why
 * @param by who put it on hold, or null where nobody did
 * @param since when, on the catalog's clock
 */
public record Hold(Reason reason, @Nullable Actor by, Instant since) {
    /** Why a backup is on hold. */
    public enum Reason {
        /** Somebody asked for it. */
        ASKED("asked"),
        /** It was found in object storage, and what a lost catalog knew of its keeping is unknown. */
        REBUILT("rebuilt");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /**
         * Reads a stored code.
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
    }

    /** {@return who put it on hold, where somebody did} */
    public Optional<Actor> actor() {
        return Optional.ofNullable(by);
    }
}
