package io.parix.backup.spi.catalog;

import io.parix.backup.WorkflowKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of jobs. */
public enum JobKind {
    /** Makes a backup; its id is the backup's id. */
    BACKUP("backup", WorkflowKind.BACKUP),
    /** Puts one back; its id is the restore's id. */
    RESTORE("restore", WorkflowKind.RESTORE),
    /**
     * Removes what has expired of a database, for as long as it has backups. It occupies nothing: a sweep that is stuck holds
     * up no backup and no restore (spec H5).
     */
    CLEAN_UP("clean-up", null);

    private final String code;
    private final @Nullable WorkflowKind workflow;

    JobKind(String code, @Nullable WorkflowKind workflow) {
        this.code = code;
        this.workflow = workflow;
    }

    /** {@return the stable text of this kind, as stored} */
    public String code() {
        return code;
    }

    /** {@return what it occupies its database as, where it does} */
    public Optional<WorkflowKind> workflow() {
        return Optional.ofNullable(workflow);
    }
}
