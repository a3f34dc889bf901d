package io.parix.backup;

/** What may occupy a database; at most one at a time (spec A3). */
public enum WorkflowKind {
    /** A backup of this library. */
    BACKUP("backup"),
    /** The host provisions or resizes the database. */
    PROVISIONING("provisioning"),
    /** A restore of this library. */
    RESTORE("restore"),
    /** The host imports data. */
    IMPORT("import"),
    /** The host takes the database down for good. */
    DECOMMISSION("decommission");

    private final String code;

    WorkflowKind(String code) {
        this.code = code;
    }

    /** {@return the stable text of this kind, as stored} */
    public String code() {
        return code;
    }
}
