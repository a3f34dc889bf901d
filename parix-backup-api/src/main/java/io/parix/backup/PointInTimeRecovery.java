package io.parix.backup;

/** Recovery to an instant of choice, a surface of its own: there is none, and this says so (spec D6). */
public enum PointInTimeRecovery {
    /** It is not available. */
    NOT_AVAILABLE(
            "not-available", "Point-in-time recovery is not available: a restore brings back one of the backups.");

    private final String code;
    private final String sentence;

    PointInTimeRecovery(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the stable text of this state} */
    public String code() {
        return code;
    }

    /** {@return the state in words, for a dashboard} */
    public String sentence() {
        return sentence;
    }
}
