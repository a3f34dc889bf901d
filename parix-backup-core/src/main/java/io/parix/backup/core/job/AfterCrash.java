package io.parix.backup.core.job;

/** What the next worker does with a job whose worker died (spec B4, F5). A crash alone undoes nothing. */
public enum AfterCrash {
    /** Claims it, as any worker would have. */
    CLAIM("claim it"),
    /** Carries on from what is already there, under a higher fencing token. */
    CONTINUE("continue from what is there"),
    /** Does the step again, which is idempotent, under a higher fencing token. */
    REPEAT("repeat the step"),
    /** Nothing is left to do. */
    NOTHING("nothing");

    private final String words;

    AfterCrash(String words) {
        this.words = words;
    }

    /** {@return the same for a person} */
    public String words() {
        return words;
    }
}
