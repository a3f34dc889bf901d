package io.parix.backup.engine.backup;

import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Ownership;
import io.parix.backup.Report;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.verify.DamageRecords;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Earlier backups that an export may share bytes with; never trusted blindly (spec C12). */
final class Bases {
    private static final Logger LOG = LoggerFactory.getLogger(Bases.class);

    private final Catalog catalog;
    private final EngineSettings settings;
    private final Findings findings;
    private final DamageRecords damage;

    Bases(Catalog catalog, DatabaseArchives archives, EngineSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
        this.findings = new Findings(catalog, new ConflictRetry(settings.retry().conflictTries()));
        this.damage = new DamageRecords(catalog, archives, findings);
    }

    /** The newest sound backup of the same place, as far as the catalog knows. */
    @Nullable
    BackupId newest(BackupHeader header) {
        return completed(header).map(base -> base.header().backup()).findFirst().orElse(null);
    }

    /**
     * The newest sound backup of the same place whose manifest is the one that was committed; null when there is none.
     *
     * <p>It is pinned: the job's row names it, and was written before the backup was seen complete. Clean-up begins the other
     * way round, with the backup's row, and then looks for pins; so one of the two sees the other.
     */
    @Nullable
    Manifest pinned(Lease lease, BackupJob.Exporting job, ArchivePlace place) {
        ManifestStore manifests = new ManifestStore(place, lease.call(CallContext.Purpose.MANIFEST));
        BackupJob.Exporting pinning = job;
        for (BackupJob.Completed base : completed(job.header()).toList()) {
            Manifest manifest = read(manifests, base);
            if (manifest != null) {
                pinning = pin(lease, pinning, base.header().backup());
                if (isComplete(base.header().backup())) {
                    return manifest;
                }
            }
        }
        return null;
    }

    private static BackupJob.Exporting pin(Lease lease, BackupJob.Exporting job, BackupId base) {
        if (base.equals(job.base())) {
            return job;
        }
        BackupJob.Exporting pinning = job.pinning(base);
        lease.write(JobWrite.of(BackupRow.next(lease.row(), pinning, lease.now(), lease.now())));
        return pinning;
    }

    private boolean isComplete(BackupId backup) {
        return catalog.find(backup.value())
                .filter(row -> BackupStep.of(row.step()) == BackupStep.COMPLETED)
                .isPresent();
    }

    private Stream<BackupJob.Completed> completed(BackupHeader header) {
        HistoryQuery newest = HistoryQuery.newest(
                header.database(), JobKind.BACKUP, settings.pages().basePage());
        return catalog.history(newest).stream()
                .map(BackupRow::read)
                .filter(job -> job instanceof BackupJob.Completed c
                        && c.verification().passed()
                        && c.standing().ownership() == Ownership.OWN
                        && c.header().location().equals(header.location()))
                .map(BackupJob.Completed.class::cast);
    }

    private @Nullable Manifest read(ManifestStore manifests, BackupJob.Completed base) {
        BackupId backup = base.header().backup();
        String committed = base.contents().manifest().sha256();
        try {
            return manifests.readCommitted(backup, committed).manifest();
        } catch (FailedException e) {
            LOG.warn("Backup {} cannot be shared with: {}", backup, e.getMessage());
            Findings.ofManifest("C12", backup, committed, e).ifPresent(report -> findings.flag(backup, report));
            return null;
        }
    }

    /** Flags every backup that needs an object which an export found missing or wrong; and says why nothing was shared, if so. */
    void flag(Lease lease, BackupHeader header, Report found) {
        for (Check warning : found.warnings()) {
            LOG.warn("Job {} stores all anew: {}", lease.row().id(), warning.sentence());
        }
        findings.flagSharers(
                header.database(),
                new Report(found.failures().stream().map(Bases::own).toList()),
                Optional.empty());
        damage.lostKeys(header, found, lease.call(CallContext.Purpose.MANIFEST));
        if (!found.passed()) {
            LOG.warn("Job {} found damage in earlier backups: {}", lease.row().id(), found.reasons());
        }
    }

    /** A lost key goes by one code, whoever finds it. */
    private static Check own(Check check) {
        return Findings.isLostKey(check)
                ? new Check(
                        "C13",
                        ErrorCode.KEY_LOST.code(),
                        Check.Outcome.FAIL,
                        check.expected(),
                        check.found(),
                        check.sentence())
                : check;
    }
}
