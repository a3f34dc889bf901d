package io.parix.backup.host;

import io.parix.backup.Actor;
import io.parix.backup.DatabaseId;

/** Who may do what. Asked at each request; safe for concurrent calls. */
@FunctionalInterface
public interface AccessPolicy {
    /** What an actor may want to do. */
    enum Action {
        /** Ask for a backup. */
        REQUEST_BACKUP("request-backup"),
        /** Cancel a backup that is queued or running. */
        CANCEL_BACKUP("cancel-backup"),
        /** Verify a backup. */
        VERIFY_BACKUP("verify-backup"),
        /** Put a backup on hold, or take it off. */
        HOLD_BACKUP("hold-backup"),
        /** Ask for a backup to be removed whatever its age. */
        DELETE_BACKUP("delete-backup"),
        /** Ask for a restore. */
        REQUEST_RESTORE("request-restore"),
        /** Make, change, pause, resume or remove a schedule. */
        CHANGE_SCHEDULE("change-schedule"),
        /** See a database's backups. */
        VIEW_BACKUPS("view-backups");

        private final String code;

        Action(String code) {
            this.code = code;
        }

        /** {@return the stable text of this action} */
        public String code() {
            return code;
        }
    }

    /**
     * Decides. An exception allows nothing, and its message goes to the log.
     *
     * @param actor who
     * @param action what
     * @param database on which database
     * @return whether it is allowed
     */
    boolean allows(Actor actor, Action action, DatabaseId database);

    /** {@return the policy of a host that has checked before it calls: everybody may do everything} */
    static AccessPolicy allowAll() {
        return (actor, action, database) -> true;
    }
}
