package io.parix.backup.faults;

/** What a kill run must not find. */
final class KillRunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KillRunFailedException(String message) {
        super(message);
    }

    KillRunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
