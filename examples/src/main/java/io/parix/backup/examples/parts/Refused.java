package io.parix.backup.examples.parts;

import io.parix.backup.Check;
import io.parix.backup.Failure;
import java.util.stream.Collectors;

/** An example cannot go on; the message is the one line to print. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The line.
     *
     * @param code what stands before the colon
     * @param message what, where, and what to do
     */
    public Refused(String code, String message) {
        super(code + ": " + message);
    }

    /**
     * A job's failure, with the rules that its findings break.
     *
     * @param failure why the job failed
     * @return the line
     */
    public static Refused by(Failure failure) {
        String rules = failure.report().failures().stream()
                .map(Check::rule)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new Refused(failure.code().code(), failure.message() + (rules.isEmpty() ? "" : " [" + rules + "]"));
    }
}
