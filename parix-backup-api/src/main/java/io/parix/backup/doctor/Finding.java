package io.parix.backup.doctor;

import io.parix.backup.ErrorCode;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One requirement that was looked at.
 *
 * @param requirement its id: {@code SPI-…} and {@code VOL-…} as the page for provider authors has them, {@code PLC-…} of the place itself as the
 *     page about the doctor has them, {@code J4} of the specification
 * @param name the stable name of what was looked at, for example {@code taken-key-refused}
 * @param outcome what came of it
 * @param expected what is wanted
 * @param found what is there; where it is not applicable the reason, where it could not be determined what failed
 * @param advice what to do unless it passed or is not applicable; empty then
 * @param trouble the error behind it, or null where there is none
 */
public record Finding(
        String requirement,
        String name,
        Outcome outcome,
        String expected,
        String found,
        String advice,
        @Nullable Trouble trouble) {

    /** What came of looking at a requirement. */
    public enum Outcome {
        /** It holds, as far as it was tried. */
        PASSED("passed"),
        /** It does not hold. */
        FAILED("failed"),
        /** It is not claimed by the provider, or there is nothing to be tried here; the reason is with the finding. */
        NOT_APPLICABLE("not-applicable"),
        /** An error came in between; nothing is known. */
        UNDETERMINED("undetermined");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** {@return the stable text of this outcome} */
        public String code() {
            return code;
        }
    }

    /**
     * An error, as it was typed.
     *
     * @param code its code
     * @param kind its kind where a provider raised it, or null
     */
    public record Trouble(ErrorCode code, @Nullable ErrorKind kind) {
        /** {@return its kind, where a provider raised it} */
        public Optional<ErrorKind> providerKind() {
            return Optional.ofNullable(kind);
        }
    }

    /** A finding whose texts are all there. */
    public Finding {
        if (requirement.isEmpty() || name.isEmpty() || expected.isEmpty() || found.isEmpty()) {
            throw InvalidRequestException.of(
                    "finding", Printable.quote(requirement), "requirement, name, expected and found must not be empty");
        }
    }

    /** {@return whether it holds, or does not concern the place} */
    public boolean good() {
        return outcome == Outcome.PASSED || outcome == Outcome.NOT_APPLICABLE;
    }

    /** {@return the error behind it, where there is one} */
    public Optional<Trouble> error() {
        return Optional.ofNullable(trouble);
    }

    /** {@return one sentence that a dashboard can show, and what to do where something is} */
    public String sentence() {
        String said = switch (outcome) {
            case PASSED -> "holds: " + found;
            case FAILED -> "does not hold: " + found;
            case NOT_APPLICABLE -> "is not applicable: " + found;
            case UNDETERMINED -> "could not be determined: " + found;
        };
        String ended = said.endsWith(".") ? said : said + ".";
        return "Requirement " + requirement + " (" + expected + ") " + ended + (advice.isEmpty() ? "" : " " + advice);
    }
}
