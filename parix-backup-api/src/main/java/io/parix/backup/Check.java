package io.parix.backup;

/**
 * One condition that was looked at: what was expected, what was found, and a sentence for a person.
 *
 * <p>The one shape of everything that explains itself: availability (spec A2), eligibility (spec E), the coherence of
 * a replica set (spec C6), the checks of a data file. Immutable.
 *
 * @param rule the rule's id in the specification or format, for example {@code E7} or {@code K7}
 * @param code the stable code of this finding, for example {@code vcpu-mismatch}; the condition's name when it passed
 * @param outcome whether the condition holds
 * @param expected what was wanted; for eligibility the value captured with the backup
 * @param found what is there; for eligibility the database's current value
 * @param sentence one sentence that a dashboard can show
 */
public record Check(String rule, String code, Outcome outcome, String expected, String found, String sentence) {

    /** Whether a condition holds. */
    public enum Outcome {
        /** It holds. */
        PASS("pass"),
        /** It does not hold, and that is worth knowing but no reason to refuse. */
        WARN("warn"),
        /** It does not hold, and what depends on it is refused. */
        FAIL("fail");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** {@return the stable text of this outcome} */
        public String code() {
            return code;
        }
    }

    /** A check whose texts are all there. */
    public Check {
        if (rule.isEmpty() || code.isEmpty() || sentence.isEmpty()) {
            throw InvalidRequestException.of(
                    "check", Printable.quote(code), "rule, code and sentence must not be empty");
        }
    }

    /** {@return whether the condition fails} */
    public boolean failed() {
        return outcome == Outcome.FAIL;
    }
}
