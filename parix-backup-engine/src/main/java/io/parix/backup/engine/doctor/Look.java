package io.parix.backup.engine.doctor;

/**
 * A look at a requirement.
 *
 * @param requirement which
 * @param way how it is looked at
 */
record Look(Requirement requirement, Way way) {
    /** How a requirement is looked at. */
    @FunctionalInterface
    interface Way {
        /** {@return what it came to; a provider's error where it came to nothing} */
        Verdict look();
    }
}
