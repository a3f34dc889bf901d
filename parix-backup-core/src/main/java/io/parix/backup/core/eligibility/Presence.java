package io.parix.backup.core.eligibility;

import io.parix.backup.Report;
import java.time.Instant;
import java.util.Set;

/**
 * What the last look at storage found of a backup (spec E2, E3, D3).
 *
 * @param at when it was made, on the catalog's clock
 * @param report one check per thing looked for; passed when all of it is there with its size
 * @param replicas the indexes of the replicas whose files are there whole
 */
public record Presence(Instant at, Report report, Set<Integer> replicas) {
    /** Copies the set. */
    public Presence {
        replicas = Set.copyOf(replicas);
    }
}
