package io.parix.backup.host;

import io.parix.backup.Actor;
import io.parix.backup.DatabaseId;
import io.parix.backup.OrganizationId;
import io.parix.backup.Role;
import java.util.List;
import java.util.Optional;

/**
 * Whose databases are, and who decides about them (spec H1). Reading only; safe for concurrent calls.
 *
 * <p>A call that throws is a fact that is missing: nothing of the database is cleaned up until it answers.
 */
public interface Organizations {
    /**
     * Names the organization of a database.
     *
     * @param database a database, which may be deleted by now (spec H2)
     * @return its organization, the same for all time unless the host moves it; where it comes to one with a shorter retention, that
     *     holds once the undo window is over, counted from when clean-up first saw the move (spec H9)
     */
    OrganizationId of(DatabaseId database);

    /**
     * Lists the databases of an organization, for a preview of a change (spec H9).
     *
     * @param organization which
     * @return all of them, with the deleted ones that may still have backups
     */
    List<DatabaseId> databases(OrganizationId organization);

    /**
     * Tells what somebody is in an organization.
     *
     * @param actor who
     * @param organization in which one
     * @return the role, or empty for somebody who has none
     */
    Optional<Role> role(Actor actor, OrganizationId organization);
}
