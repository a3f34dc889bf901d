package io.parix.backup.testkit.fault;

/**
 * How a call ended for its caller. Immutable.
 *
 * @param way in which way
 * @param detail which answer, where there are several ways to answer; with which kind or class of error, where it was refused; else empty
 */
public record Outcome(Way way, String detail) {
    static final Outcome UNDER_WAY = new Outcome(Way.UNDER_WAY, "");

    /** In which way. */
    public enum Way {
        /** It has not, yet. */
        UNDER_WAY("under way"),
        /** With an answer. */
        ANSWERED("answered"),
        /** With an error, and it was not done, as far as the port told. */
        REFUSED("refused"),
        /** With an error that does not tell whether it was done, or although it was done. */
        LOST("lost");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? way.words : way.words + " " + detail;
    }
}
