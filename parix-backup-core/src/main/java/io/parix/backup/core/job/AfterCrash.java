package io.parix.backup.core.job;

/**
 * What the next worker does with a job whose worker died, and with it what may become of the step at all (spec B4, F5). A
 * crash alone undoes nothing.
 */
public enum AfterCrash {
    /** Claims it, as any worker would have; nothing was begun. */
    CLAIM("claim it", true),
    /** Carries on from what is already there, under a higher fencing token. */
    CONTINUE("continue from what is there", true),
    /** Does the step again, which is idempotent, under a higher fencing token. */
    REPEAT("repeat the step", true),
    /** Does the step again, however often; there is no way back, and time alone gives nothing up. */
    FORWARD_ONLY("forward only: repeat until it is done", false),
    /** Goes on going back, under a higher fencing token. */
    UNDO("go on going back", false),
    /** Removes what the job created, until nothing is left. */
    SWEEP("sweep what it created", false),
    /** Nothing is left to do. */
    NOTHING("nothing", false);

    private final String words;
    private final boolean mayFail;

    AfterCrash(String words, boolean mayFail) {
        this.words = words;
        this.mayFail = mayFail;
    }

    /** {@return the same for a person} */
    public String words() {
        return words;
    }

    /** {@return whether the step may still be failed, by an error that repeating does not mend or by a deadline} */
    public boolean mayFail() {
        return mayFail;
    }
}
