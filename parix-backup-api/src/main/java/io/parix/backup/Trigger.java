package io.parix.backup;

/** Why a backup was made (spec A5). */
public enum Trigger {
    /** Somebody asked. */
    MANUAL("manual"),
    /** Its schedule came due. */
    SCHEDULED("scheduled");

    private final String code;

    Trigger(String code) {
        this.code = code;
    }

    /** {@return the stable text of this trigger, as stored} */
    public String code() {
        return code;
    }
}
