package io.parix.backup.spi;

/**
 * The closed set of ways in which a provider call fails, each with one prescribed reaction of the engine.
 *
 * <p>A provider sorts every error of its SDK into these; it never retries by itself.
 */
public enum ErrorKind {
    /** The object is not there. Reading: an integrity failure that names it. Deleting does not raise it. */
    NOT_FOUND("not-found", Reaction.FAIL),
    /** The key is taken. The engine compares length and checksum: equal is success, different is a conflict. */
    ALREADY_EXISTS("already-exists", Reaction.COMPARE),
    /** The same name with another source or content. The attempt fails; nothing is overwritten. */
    CONFLICT("conflict", Reaction.FAIL),
    /** Too many calls. The engine waits at least the time given and does not count it as an attempt. */
    THROTTLED("throttled", Reaction.WAIT),
    /** A quota or a limit of pending work is reached, or the place is full. The engine waits, with the reason shown. */
    QUOTA("quota", Reaction.WAIT),
    /** The place does not answer as it should. The engine retries with backoff. */
    UNAVAILABLE("unavailable", Reaction.RETRY),
    /** The answer was lost: it may have happened or not. The engine retries; every call is idempotent. */
    OUTCOME_UNKNOWN("outcome-unknown", Reaction.RETRY),
    /** A permission is missing; the message names it. The engine fails at once. */
    DENIED("denied", Reaction.FAIL),
    /** Something else uses it. Clean-up comes back later. */
    IN_USE("in-use", Reaction.WAIT),
    /** It may not be deleted before the time given. Clean-up comes back after it. */
    LOCKED("locked", Reaction.WAIT),
    /** The request is wrong: a fault of configuration or code. The engine fails at once. */
    INVALID_REQUEST("invalid-request", Reaction.FAIL),
    /** The bytes are not those that were written or sent. An integrity failure; the object is kept for evidence. */
    CORRUPT("corrupt", Reaction.FAIL),
    /** The call's deadline passed or it was cancelled. The job decides. */
    CANCELLED("cancelled", Reaction.FAIL);

    private final String code;
    private final Reaction reaction;

    ErrorKind(String code, Reaction reaction) {
        this.code = code;
        this.reaction = reaction;
    }

    /** {@return the stable text of this kind} */
    public String code() {
        return code;
    }

    /** {@return what the engine does about it} */
    public Reaction reaction() {
        return reaction;
    }

    /** What the engine does about an error. */
    public enum Reaction {
        /** Gives the attempt up. */
        FAIL,
        /** Looks at what is there. */
        COMPARE,
        /** Waits, shows the reason, counts no attempt, fails only at the deadline. */
        WAIT,
        /** Repeats with backoff, a bounded number of times. */
        RETRY
    }
}
