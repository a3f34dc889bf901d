package io.parix.backup.spi.catalog;

import io.parix.backup.WorkflowKind;

/** The kinds of jobs. */
public enum JobKind {
    /** Makes a backup; its id is the backup's id. */
    BACKUP("backup", WorkflowKind.BACKUP),
    /** Puts one back; its id is the restore's id. */
    RESTORE("restore", WorkflowKind.RESTORE);

    private final String code;
    private final WorkflowKind workflow;

    JobKind(String code, WorkflowKind workflow) {
        this.code = code;
        this.workflow = workflow;
    }

    /** {@return the stable text of this kind, as stored} */
    public String code() {
        return code;
    }

    /** {@return what it occupies its database as} */
    public WorkflowKind workflow() {
        return workflow;
    }
}
