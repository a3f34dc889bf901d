package io.parix.backup.testkit.fault;

/**
 * Which of the calls that a fault is meant for it strikes, counted from 1 since it was added. Immutable.
 *
 * @param first the first one, 1 or more
 * @param last the last one, {@code first} or more
 */
public record Turns(int first, int last) {
    /** Refuses what names no call. */
    public Turns {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("There are no calls " + first + " to " + last + "; the first one is 1");
        }
    }

    /**
     * One call.
     *
     * @param n 1 for the first
     * @return that one
     */
    public static Turns nth(int n) {
        return new Turns(n, n);
    }

    /**
     * The first calls, after which all is well again.
     *
     * @param n how many, 1 or more
     * @return those
     */
    public static Turns first(int n) {
        return new Turns(1, n);
    }

    /**
     * All calls but the first ones.
     *
     * @param n the first that is struck
     * @return that one and all later ones
     */
    public static Turns onwards(int n) {
        return new Turns(n, Integer.MAX_VALUE);
    }

    /** {@return all calls} */
    public static Turns every() {
        return onwards(1);
    }

    boolean include(int call) {
        return call >= first && call <= last;
    }

    @Override
    public String toString() {
        if (last == Integer.MAX_VALUE) {
            return first == 1 ? "every call" : "call " + first + " and later";
        }
        return first == last ? "call " + first : "calls " + first + " to " + last;
    }
}
