package io.parix.backup.core.availability;

import io.parix.backup.Workflow;
import io.parix.backup.host.DatabaseFacts;
import java.util.List;
import java.util.Set;

/**
 * What must be known to tell whether a backup can be asked for.
 *
 * @param database what the host knows of the database
 * @param active the workflows that hold the database's slot in the catalog; those of the profile count as well
 * @param served the ids of the providers that are there
 * @param permission what the host's policy decided for the one who asks
 */
public record AvailabilityFacts(
        DatabaseFacts database, List<Workflow> active, Set<String> served, Permission permission) {

    /** Copies the lists. */
    public AvailabilityFacts {
        active = List.copyOf(active);
        served = Set.copyOf(served);
    }

    /** What the host's policy decided. */
    public enum Permission {
        /** The actor may. */
        ALLOWED,
        /** The actor may not. */
        DENIED
    }
}
