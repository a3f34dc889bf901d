package io.parix.backup;

/** What somebody is in an organization. */
public enum Role {
    /** Owns it. */
    OWNER("owner", true),
    /** Runs it. */
    ADMIN("admin", true),
    /** Works in it. */
    MEMBER("member", false);

    private final String code;
    private final boolean decidesRetention;

    Role(String code, boolean decidesRetention) {
        this.code = code;
        this.decidesRetention = decidesRetention;
    }

    /** {@return the stable text of this role} */
    public String code() {
        return code;
    }

    /** {@return whether this role decides how long backups are kept, and puts them on hold (spec H1, H6)} */
    public boolean decidesRetention() {
        return decidesRetention;
    }
}
