package io.parix.backup.examples.quickstart;

import io.parix.backup.Check;
import io.parix.backup.Failure;
import java.util.stream.Collectors;

/** The story cannot go on; the message is the one line to print. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String code, String message) {
        super(code + ": " + message);
    }

    /** A job's failure, with the rules that its findings break. */
    static Refused by(Failure failure) {
        String rules = failure.report().failures().stream()
                .map(Check::rule)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new Refused(failure.code().code(), failure.message() + (rules.isEmpty() ? "" : " [" + rules + "]"));
    }

    static Refused interrupted() {
        return new Refused("interrupted", "What was written is removed, unless it was to be kept.");
    }
}
