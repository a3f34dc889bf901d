package io.parix.backup.testkit.store;

import io.parix.backup.spi.ProviderException;

/**
 * One scripted misbehaviour of a store: which calls it strikes, and what then happens.
 *
 * <p>Calls are counted per fault, from 1, among those that match its verb and key.
 *
 * @param verb which verb it strikes
 * @param begins what the key must begin with; empty for any
 * @param ends what the key must end with; empty for any
 * @param first the first matching call that it strikes, 1 or more
 * @param last the last matching call that it strikes
 * @param effect what happens
 */
public record Fault(Verb verb, String begins, String ends, int first, int last, Effect effect) {
    /** What a fault does. */
    public sealed interface Effect {
        /**
         * Nothing is done and the call fails. For a {@link Verb#DELETE} that names keys it is the outcome of those.
         *
         * @param with the error
         */
        record Refuse(ProviderException with) implements Effect {}

        /** It is done, and the call fails with {@link io.parix.backup.spi.ErrorKind#OUTCOME_UNKNOWN}. */
        record LoseAnswer() implements Effect {}

        /**
         * Reading the stream of a {@link Verb#GET} fails; other verbs are not touched.
         *
         * @param after so many bytes are still read
         */
        record BreakStream(int after) implements Effect {}

        /** One bit of what a {@link Verb#GET} answers is another one on arrival; what is stored stays right. Other verbs are not touched. */
        record FlipOnTheWay() implements Effect {}
    }

    /**
     * Every matching call of a verb fails.
     *
     * @param verb the verb
     * @param with the error
     * @return the fault, for any key
     */
    public static Fault refuse(Verb verb, ProviderException with) {
        return of(verb, new Effect.Refuse(with));
    }

    /**
     * Every matching call of a verb is done and not answered.
     *
     * @param verb the verb
     * @return the fault, for any key
     */
    public static Fault loseAnswer(Verb verb) {
        return of(verb, new Effect.LoseAnswer());
    }

    /**
     * Every matching stream breaks.
     *
     * @param after so many bytes are still read
     * @return the fault, for any key
     */
    public static Fault breakStream(int after) {
        return of(Verb.GET, new Effect.BreakStream(after));
    }

    /**
     * Every matching reading gives a bit that is not the one stored.
     *
     * @return the fault, for any key
     */
    public static Fault flipOnTheWay() {
        return of(Verb.GET, new Effect.FlipOnTheWay());
    }

    private static Fault of(Verb verb, Effect effect) {
        return new Fault(verb, "", "", 1, Integer.MAX_VALUE, effect);
    }

    /**
     * Narrows it to keys that begin so.
     *
     * @param prefix any characters
     * @return the narrower fault
     */
    public Fault under(String prefix) {
        return new Fault(verb, prefix, ends, first, last, effect);
    }

    /**
     * Narrows it to keys that end so.
     *
     * @param suffix any characters
     * @return the narrower fault
     */
    public Fault ending(String suffix) {
        return new Fault(verb, begins, suffix, first, last, effect);
    }

    /**
     * Narrows it to one matching call.
     *
     * @param n 1 for the first
     * @return the narrower fault
     */
    public Fault onCall(int n) {
        return new Fault(verb, begins, ends, n, n, effect);
    }

    /**
     * Narrows it to the first matching calls, after which all is well again.
     *
     * @param n how many
     * @return the narrower fault
     */
    public Fault times(int n) {
        return new Fault(verb, begins, ends, first, first + n - 1, effect);
    }

    boolean matches(Verb called, String key) {
        return verb == called && key.startsWith(begins) && key.endsWith(ends);
    }

    boolean namesNoKey() {
        return begins.isEmpty() && ends.isEmpty();
    }

    boolean strikes(int call) {
        return call >= first && call <= last;
    }
}
