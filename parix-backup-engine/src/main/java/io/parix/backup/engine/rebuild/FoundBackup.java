package io.parix.backup.engine.rebuild;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.StoredManifest;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupRun;
import io.parix.backup.core.job.Captured;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.ExportTotals;
import io.parix.backup.core.job.Intent;
import io.parix.backup.core.job.ManifestReference;
import io.parix.backup.core.job.Standing;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.snapshot.FoundSnapshots;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.AdoptedJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup as its manifest tells it.
 *
 * @param keys names its objects
 * @param location where it lies
 * @param stored its manifest
 * @param segments what it needs
 * @param wanting what of that is not there
 * @param snapshots its own of volumes, as the place has them
 */
record FoundBackup(
        ArchiveKeys keys,
        StorageLocation location,
        StoredManifest stored,
        Map<String, Long> segments,
        Report wanting,
        FoundSnapshots.Found snapshots) {
    /** The row that it gets, on hold since a given instant. */
    AdoptedJob adopted(Ownership ownership, Instant now) {
        Standing standing = new Standing(ownership, new Hold(Hold.Reason.REBUILT, null, now), null, null);
        return new AdoptedJob(BackupRow.adopted(completed(standing), region()), segments);
    }

    private Manifest manifest() {
        return stored.manifest();
    }

    private BackupJob.Completed completed(Standing standing) {
        Manifest.Times times = manifest().times();
        Instant committed = micros(times.committed());
        return new BackupJob.Completed(
                new BackupHeader(
                        manifest().backup(),
                        manifest().database(),
                        manifest().origin().actor(),
                        manifest().origin().trigger(),
                        micros(times.requested()),
                        location.identity(),
                        null),
                new BackupRun(1, 1, fence(), micros(times.started()), intent(), snapshots.shown()),
                new Captured(manifest().profile(), micros(times.coveredUntil())),
                contents(),
                committed,
                wanting.passed() ? new Verification(VerificationLevel.WRITTEN, committed, wanting) : damaged(standing),
                standing);
    }

    /** As every damage: what clears it is a look at every byte. */
    private Verification damaged(Standing standing) {
        Instant seen = Optional.ofNullable(standing.hold()).map(Hold::since).orElseThrow();
        return new Verification(VerificationLevel.READ_BACK, seen, wanting);
    }

    private Contents contents() {
        ManifestReference reference = new ManifestReference(
                keys.manifest(manifest().backup()).value(), stored.checksums().sha256(), new ByteSize(stored.length()));
        ExportTotals totals = new ExportTotals(
                manifest().totals().logical(),
                manifest().totals().stored(),
                manifest().totals().fresh());
        List<ReplicaFacts> replicas =
                manifest().replicas().stream().map(ArchivedReplica::facts).toList();
        return new Contents(reference, totals, replicas, new Report(manifest().warnings()));
    }

    private Intent intent() {
        BackupId backup = manifest().backup();
        return new Intent(List.of(
                        keys.segments(backup).toString(), keys.backup(backup).toString()))
                .andSnapshots(snapshots.names());
    }

    private long fence() {
        return ArchiveKeys.fenceOf(manifest().replicas().get(0).index().get(0).name());
    }

    /** Rows may be asked for by region, so one that a manifest does not tell, or not well, gets a name of its own. */
    private String region() {
        return Optional.ofNullable(manifest().profile().region())
                .filter(DatabaseProfile::isRegion)
                .orElse(CleanUpRow.NOWHERE);
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
