package io.parix.backup.core.job;

import io.parix.backup.ReplicaFacts;
import io.parix.backup.Report;
import java.util.List;

/**
 * What a backup holds, known when everything but the manifest is stored.
 *
 * @param manifest the object that makes it exist
 * @param totals how large it is
 * @param replicas what each data file says of itself, by index from 0, complete (spec C5)
 * @param coherence how the replica set was found, and why nothing of an earlier backup was shared; passed, perhaps with warnings
 *     (spec C6, C12, C13)
 */
public record Contents(ManifestReference manifest, ExportTotals totals, List<ReplicaFacts> replicas, Report coherence) {

    /** Copies the list; refuses an incomplete replica set and one that was found incoherent. */
    public Contents {
        replicas = List.copyOf(replicas);
        Require.that(!replicas.isEmpty(), "backup", "without replicas", "it must hold one file per replica");
        for (int i = 0; i < replicas.size(); i++) {
            ReplicaFacts replica = replicas.get(i);
            Require.that(
                    replica.index() == i && replica.count() == replicas.size(),
                    "replica set",
                    "with " + replica.index() + " of " + replica.count() + " at place " + i,
                    "every index of the cluster stands in it once, in order");
        }
        Require.that(coherence.passed(), "replica set", coherence.reasons(), "it was found incoherent");
    }
}
