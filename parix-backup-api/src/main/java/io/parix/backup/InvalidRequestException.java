package io.parix.backup;

/** A value handed in breaks its own rules; nothing was begun, and repeating the call unchanged will not help. */
public final class InvalidRequestException extends BackupException {
    private static final long serialVersionUID = 1L;

    private InvalidRequestException(String message) {
        super(ErrorCode.INVALID_REQUEST, message, null);
    }

    /**
     * Names the value and the rule that it breaks.
     *
     * @param what the thing that was to be made, for example {@code database id}
     * @param found the value found, fit to print
     * @param fact why it is refused
     * @return the exception, to be thrown
     */
    public static InvalidRequestException of(String what, String found, String fact) {
        return new InvalidRequestException("Cannot accept the " + what + " " + found + ": " + fact + ".");
    }
}
