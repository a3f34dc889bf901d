package io.parix.backup.core.eligibility;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.RestoreId;
import io.parix.backup.Workflow;
import io.parix.backup.host.DatabaseFacts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the database is now.
 *
 * @param database what the host knows of it
 * @param active the workflows that hold the database's slot in the catalog; those of the profile count as well
 * @param restorableFrom the statuses from which the host lets a restore start; null where it cannot tell
 * @param self the restore that asks, when it is checked again at its start; null before there is one
 */
public record CurrentFacts(
        DatabaseFacts database,
        List<Workflow> active,
        @Nullable Set<DatabaseStatus> restorableFrom,
        @Nullable RestoreId self) {

    /** Copies the lists. */
    public CurrentFacts {
        active = List.copyOf(active);
        restorableFrom = restorableFrom == null ? null : Set.copyOf(restorableFrom);
    }
}
