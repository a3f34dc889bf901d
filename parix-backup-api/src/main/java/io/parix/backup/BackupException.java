package io.parix.backup;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose.
 *
 * <p>A refusal by a rule of the domain is a value ({@link Report}); an exception means that something could not be
 * done. Every one carries a stable {@link ErrorCode}. Messages name what, where and what to do, and never a secret.
 */
public abstract class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * For the subclasses.
     *
     * @param code the stable code
     * @param message one sentence: what could not be done, the fact, what to do
     * @param cause what was caught, or null
     */
    protected BackupException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@return the stable code, for programs} */
    public ErrorCode code() {
        return code;
    }
}
