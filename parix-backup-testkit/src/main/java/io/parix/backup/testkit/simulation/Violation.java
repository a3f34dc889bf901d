package io.parix.backup.testkit.simulation;

/**
 * An invariant that did not hold.
 *
 * @param invariant its name, the same for every run that breaks it
 * @param detail what was found, for a person
 */
public record Violation(String invariant, String detail) {
    @Override
    public String toString() {
        return invariant + ": " + detail;
    }
}
