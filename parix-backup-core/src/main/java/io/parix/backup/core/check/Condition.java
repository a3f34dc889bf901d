package io.parix.backup.core.check;

import io.parix.backup.Check;

/**
 * One condition of a decision, before it is known whether it holds.
 *
 * @param rule the rule's id, for example {@code E7}
 * @param name the condition's name, which is the code of its check when it holds, for example {@code vcpu}
 */
public record Condition(String rule, String name) {
    /**
     * The condition holds.
     *
     * @param expected what was wanted
     * @param found what is there
     * @param sentence one sentence for a person
     * @return the passed check, under the condition's name
     */
    public Check holds(String expected, String found, String sentence) {
        return new Check(rule, name, Check.Outcome.PASS, expected, found, sentence);
    }

    /**
     * The condition does not hold.
     *
     * @param code the stable code of this finding, for example {@code vcpu-mismatch}
     * @param expected what was wanted
     * @param found what is there
     * @param sentence one sentence for a person
     * @return the failed check
     */
    public Check fails(String code, String expected, String found, String sentence) {
        return new Check(rule, code, Check.Outcome.FAIL, expected, found, sentence);
    }

    /**
     * The condition does not hold, and that is worth knowing but no reason to refuse.
     *
     * @param code the stable code of this finding, for example {@code no-schedule}
     * @param expected what was wanted
     * @param found what is there
     * @param sentence one sentence for a person
     * @return the check that warns
     */
    public Check warns(String code, String expected, String found, String sentence) {
        return new Check(rule, code, Check.Outcome.WARN, expected, found, sentence);
    }
}
