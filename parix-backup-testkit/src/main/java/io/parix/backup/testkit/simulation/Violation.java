package io.parix.backup.testkit.simulation;

/**
 * An invariant that did not hold. Immutable.
 *
 * @param invariant which
 * @param detail what was found, for a person
 */
public record Violation(Invariant invariant, String detail) {
    @Override
    public String toString() {
        return invariant.rule() + " " + invariant.words() + ": " + detail;
    }
}
