package io.parix.backup.engine.row;

import io.parix.backup.Check;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Report;
import io.parix.backup.core.job.Snapshots;

/** What a backup says of the snapshots that it should have and does not (spec C1). */
public final class SnapshotFindings {
    private SnapshotFindings() {}

    /**
     * Tells which failed.
     *
     * @param snapshots those of a backup
     * @return a warning for each that failed, in order of replica
     */
    public static Report of(Snapshots snapshots) {
        return new Report(
                snapshots.failures().stream().map(SnapshotFindings::check).toList());
    }

    private static Check check(ReplicaSnapshot failed) {
        return new Check(
                "C1",
                "snapshot-failed",
                Check.Outcome.WARN,
                ReplicaSnapshot.State.USABLE.code(),
                failed.state().code(),
                "The snapshot of replica " + failed.replica() + ", " + failed.name() + ", failed: " + failed.reason());
    }
}
