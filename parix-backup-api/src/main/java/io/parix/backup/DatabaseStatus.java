package io.parix.backup;

/**
 * The status of a database profile. Hosts have statuses of their own; two are known here.
 *
 * @param code lower-case text, 1 to 64 characters
 */
public record DatabaseStatus(String code) {
    /** Serving; the only status in which a backup is offered (spec A1). */
    public static final DatabaseStatus ACTIVE = new DatabaseStatus("active");
    /** Being built, or being replaced by a restore (spec F3). */
    public static final DatabaseStatus PROVISIONING = new DatabaseStatus("provisioning");

    /** Refuses what is not a plain name. */
    public DatabaseStatus {
        Identifiers.require("database status", code, 64);
    }

    @Override
    public String toString() {
        return code;
    }
}
