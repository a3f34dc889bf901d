package io.parix.backup;

import org.jspecify.annotations.Nullable;

/**
 * Something could not be done, for a reason that its {@link #code()} names.
 *
 * <p>Repeating may help or not; the engine decides by the code. Storage providers throw
 * an exception of their own, with a kind from a closed set.
 */
public final class FailedException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final transient Report report;

    /**
     * A failure without findings.
     *
     * @param code the stable code
     * @param message what could not be done, the fact, what to do
     */
    public FailedException(ErrorCode code, String message) {
        this(code, message, Report.empty(), null);
    }

    /**
     * A failure with what was caught.
     *
     * @param code the stable code
     * @param message what could not be done, the fact, what to do
     * @param cause what was caught
     */
    public FailedException(ErrorCode code, String message, Throwable cause) {
        this(code, message, Report.empty(), cause);
    }

    /**
     * A failure with findings.
     *
     * @param code the stable code
     * @param message what could not be done, the fact, what to do
     * @param report the checks that led here
     * @param cause what was caught, or null
     */
    public FailedException(ErrorCode code, String message, Report report, @Nullable Throwable cause) {
        super(code, message, cause);
        this.report = report;
    }

    /** {@return the findings behind the failure; empty where there are none} */
    public Report report() {
        return report == null ? Report.empty() : report;
    }
}
