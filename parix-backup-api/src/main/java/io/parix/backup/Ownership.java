package io.parix.backup;

/** Whose a backup is (spec C11, J4). */
public enum Ownership {
    /** Made by this installation, or by one whose place it has taken over. */
    OWN("own"),
    /** Made by another installation: it is shown and can be restored, and is never changed, shared with or cleaned up. */
    FOREIGN("foreign");

    private final String code;

    Ownership(String code) {
        this.code = code;
    }

    /** {@return the stable text of this ownership} */
    public String code() {
        return code;
    }
}
