package io.parix.backup.engine.intake;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.OrganizationId;
import io.parix.backup.Role;
import io.parix.backup.engine.event.EventPump;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.ProviderRegistry;
import io.parix.backup.engine.restore.EligibilityCheck;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.verify.BackupVerifier;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.Organizations;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the services work with.
 *
 * @param catalog the truth
 * @param dispatcher who wakes workers
 * @param events where events leave
 * @param providers which infrastructure is served
 * @param archives where backups lie
 * @param eligibility reads the facts of eligibility
 * @param verifier looks at backups in storage
 * @param access who may do what
 * @param organizations whose databases are, and who decides about them
 * @param ids makes new ids
 * @param settings the limits
 */
public record IntakeParts(
        Catalog catalog,
        Dispatcher dispatcher,
        EventPump events,
        ProviderRegistry providers,
        DatabaseArchives archives,
        EligibilityCheck eligibility,
        BackupVerifier verifier,
        AccessPolicy access,
        Organizations organizations,
        JobIds ids,
        EngineSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeParts.class);

    /** The row of a backup. */
    JobRecord row(BackupId backup) {
        return catalog.find(backup.value())
                .filter(row -> row.kind() == JobKind.BACKUP)
                .orElseThrow(() -> new FailedException(
                        ErrorCode.NOT_FOUND, "Cannot find backup " + backup + " in the catalog. Check its id."));
    }

    /** {@return how a write from outside a job meets another writer} */
    public ConflictRetry conflicts() {
        return new ConflictRetry(settings.retry().conflictTries());
    }

    /**
     * Asks the host's policy; one that fails has allowed nothing.
     *
     * @param actor who
     * @param action what
     * @param database on which database
     * @return whether it is allowed
     */
    public boolean allows(Actor actor, AccessPolicy.Action action, DatabaseId database) {
        try {
            return access.allows(actor, action, database);
        } catch (RuntimeException e) {
            LOG.warn("Whether {} may {} on {} cannot be told; it is not allowed", actor, action.code(), database, e);
            return false;
        }
    }

    /**
     * Asks the host's policy.
     *
     * @param actor who
     * @param action what
     * @param database on which database
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED} when it is not allowed
     */
    public void requireAllowed(Actor actor, AccessPolicy.Action action, DatabaseId database) {
        if (!allows(actor, action, database)) {
            throw new FailedException(
                    ErrorCode.NOT_PERMITTED,
                    "Actor " + actor + " may not " + action.code() + " on database " + database + ".");
        }
    }

    /** Only an owner or an admin decides what is kept (spec H6). */
    void requireDecides(Actor actor, DatabaseId database) {
        OrganizationId organization = organizations.of(database);
        if (organizations
                .role(actor, organization)
                .filter(Role::decidesRetention)
                .isEmpty()) {
            throw new FailedException(
                    ErrorCode.NOT_PERMITTED,
                    "Actor " + actor + " may not decide what organization " + organization
                            + " keeps: its owners and admins do.");
        }
    }
}
