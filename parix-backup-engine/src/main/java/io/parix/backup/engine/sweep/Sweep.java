package io.parix.backup.engine.sweep;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionDecision.Verdict;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.engine.retention.Pins;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.snapshot.SnapshotRemoval;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.WriteCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a database: executes the plan of {@code core.retention}, the oldest backup first. For one thread, once.
 *
 * <p>The order of a removal is: row expiring, manifest, indexes, segments that nothing else needs, what else is in the backup's own folders, snapshots,
 * row. The row goes when its own folders were listed again and held nothing more that was to go, everything else was deleted with an
 * outcome, and the snapshots were seen gone. Each part may be repeated, so a crash anywhere is resumed by the next look.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** What a place says that is registered no more, or that another installation has taken over. */
    private static final Set<ErrorCode> OTHERS = Set.of(ErrorCode.LOCATION_CHANGED, ErrorCode.FOREIGN_INSTALLATION);

    private final SweepParts parts;
    private final Catalog catalog;
    private final Lease lease;
    private final SweepReport report;
    private final Map<String, ArchivePlace> checked = new HashMap<>();
    private final Map<String, ArchivePlace> opened = new HashMap<>();
    /** Why a place cannot be used: it is asked once a look, and what lies elsewhere goes on (spec H5). */
    private final Map<String, RuntimeException> unusable = new HashMap<>();

    private final Set<RuntimeException> inTheWay = new HashSet<>();
    private boolean otherRules;

    Sweep(SweepParts parts, Lease lease, SweepReport report) {
        this.parts = parts;
        this.catalog = parts.catalog();
        this.lease = lease;
        this.report = report;
    }

    /** Returns whether nothing is left to be watched, now or ever. */
    boolean run() {
        RetentionView.View view = parts.view().of(lease.row().database());
        requireTime(view.at());
        if (view.rows().isEmpty() && view.facts().database() instanceof DatabaseFacts.Deleted) {
            return true;
        }
        report.belongs(view.belonging());
        view.plan().looksAgain().ifPresent(report::looksAgainAt);
        report.keepsLast(backups(view, Reason.LAST_RESTORABLE).findFirst().orElse(null));
        Map<BackupId, JobRecord> rows = view.byId();
        List<RetentionDecision> oldestFirst = new ArrayList<>(view.plan().decisions());
        Collections.reverse(oldestFirst);
        for (RetentionDecision decision : oldestFirst) {
            boolean goes = decision.verdict() == Verdict.REMOVE || decision.verdict() == Verdict.REMOVING;
            if (goes && !otherRules) {
                requireOurs();
                unlessChanged(decision.backup(), () -> remove(view, rows.get(decision.backup())));
            }
        }
        if (!otherRules && inTheWay.isEmpty()) {
            report.whole();
        }
        return false;
    }

    /** By a clock that is a year ahead, everything is past its age (spec H3). */
    private void requireTime(Instant catalogs) {
        Instant ours = parts.own().instant();
        Duration most = parts.settings().retention().clocksApart();
        if (Duration.between(ours, catalogs).abs().compareTo(most) > 0) {
            throw new FailedException(
                    ErrorCode.CLOCKS_APART,
                    "Nothing is removed: it is " + catalogs + " by the catalog's clock and " + ours
                            + " by that of this process, more than " + most
                            + " (clocksApart) apart. Set the clock that is wrong; the clean-up comes back by itself.");
        }
    }

    private static Stream<BackupId> backups(RetentionView.View view, Reason reason) {
        return view.plan().decisions().stream()
                .filter(decision -> decision.reason() == reason)
                .map(RetentionDecision::backup);
    }

    /** Between backups there may be no call that gives a sign of life. */
    private void requireOurs() {
        lease.progress(0, 0);
        if (lease.stopped()) {
            throw new ProviderException(ErrorKind.CANCELLED, "The clean-up stops between two backups.");
        }
    }

    /** A row that somebody else changes meanwhile is that one's; it is decided anew at the next look. */
    private void unlessChanged(BackupId backup, Runnable work) {
        try {
            work.run();
            if (!otherRules) {
                report.looked(backup);
            }
        } catch (CatalogConflictException e) {
            LOG.debug("Backup {} was changed meanwhile", backup, e);
            report.looksAgainSoon();
        } catch (RuntimeException e) {
            if (lease.stopped() || !unusable.containsValue(e)) {
                throw e;
            }
            if (inTheWay.add(e)) {
                report.stopped(e);
                LOG.warn(
                        "The clean-up passes over a place of database {}",
                        lease.row().database(),
                        e);
            }
        }
    }

    private void remove(RetentionView.View view, @Nullable JobRecord row) {
        if (row == null) {
            return;
        }
        BackupJob job = BackupRow.read(row);
        if (job instanceof BackupJob.Failed failed) {
            due(view, failed).ifPresent(now -> forget(now.row(), failed));
        } else if (job instanceof BackupJob.Completed completed) {
            // Before the second look: it takes long, and what it finds may make the backup the last restorable one.
            ArchivePlace unused = place(view, completed);
            requireOurs();
            due(view, completed).ifPresent(now -> expire(view, now));
        } else if (job instanceof BackupJob.Expiring expiring) {
            removeExpiring(view, row, expiring.backup());
        }
    }

    /** A backup that is due by all that is known now; there is no way back from what follows. */
    private Optional<SecondLook.Due> due(RetentionView.View view, BackupJob job) {
        SecondLook again = new SecondLook(catalog, parts.view(), lease.row().database(), view);
        SecondLook.Answer answer = again.at(job.header().backup());
        if (answer instanceof SecondLook.Due due) {
            requireTime(due.at());
            return Optional.of(due);
        }
        otherRules |= answer instanceof SecondLook.OtherRules;
        report.looksAgainSoon();
        return Optional.empty();
    }

    /** A worker that slept through the end of its backup may have put something after all of it was swept (spec B3). */
    private void forget(JobRecord row, BackupJob.Failed failed) {
        if (failed instanceof BackupJob.Begun begun) {
            ours(failed.header())
                    .ifPresentOrElse(
                            place -> end(row, emptied(place, failed.header().backup()), snapshots(begun)),
                            () -> removeRow(row));
        } else {
            removeRow(row);
        }
    }

    private void removeRow(JobRecord row) {
        catalog.remove(row, List.of(event(row, BackupEvent.Kind.BACKUP_REMOVED)));
    }

    private SnapshotRemoval.Remains snapshots(BackupJob.Begun job) {
        return new SnapshotRemoval(parts.archives()).eachAlone(job, call());
    }

    /** The row goes once nothing that was to go is there still. */
    private void end(JobRecord row, Removal removal, SnapshotRemoval.Remains snapshots) {
        snapshots.byName().forEach((name, outcome) -> obstacle(name, outcome).ifPresent(removal::note));
        Optional<Removal.Obstacle> obstacle = removal.obstacle();
        if (obstacle.isPresent()) {
            report.blocked(new BackupId(row.id()), obstacle.get());
        } else if (snapshots.underWay()) {
            report.looksAgainSoon();
        } else {
            removeRow(row);
        }
    }

    /** Of a place that is somebody else's by now nothing is ours to judge: the job has swept, so its row goes alone (spec C11, J4). */
    private Optional<ArchivePlace> ours(BackupHeader failed) {
        try {
            return Optional.of(opened(failed.location()));
        } catch (FailedException e) {
            if (!OTHERS.contains(e.code())) {
                throw e;
            }
            LOG.info(
                    "The row of failed backup {} goes without a look at its place: {}",
                    failed.backup(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Removal emptied(ArchivePlace place, BackupId failed) {
        Removal removal = new Removal(place, call());
        removal.empty(place.keys().backup(failed));
        removal.empty(place.keys().segments(failed));
        return removal;
    }

    /** Written only while this worker has the clean-up and nothing changes that the backup is due by, however long it slept (spec B7, H1, H7). */
    private void expire(RetentionView.View view, SecondLook.Due due) {
        JobRecord row = due.row();
        if (BackupRow.read(row) instanceof BackupJob.Completed completed) {
            JobRecord next = BackupRow.next(row, completed.expiring(lease.now()), lease.now(), null);
            Set<WriteCondition> stands = new HashSet<>(due.stands());
            stands.add(lease.stands());
            JobWrite write = JobWrite.of(next, event(row, BackupEvent.Kind.BACKUP_EXPIRING))
                    .provided(stands);
            removeExpiring(view, catalog.write(write), completed);
        }
    }

    private void removeExpiring(RetentionView.View view, JobRecord row, BackupJob.Completed backup) {
        BackupId id = backup.header().backup();
        // Whoever pins it writes the pin and then looks at its row; this looks the other way round, so one sees the
        // other.
        Set<Pin> pins = Pins.of(catalog, row.database()).getOrDefault(id, Set.of());
        if (!pins.isEmpty()) {
            report.blocked(id, new Removal.Obstacle("in-use", words(pins), null));
            return;
        }
        ArchivePlace place = place(view, backup);
        Removal removal = new Removal(place, call());
        removal.delete(place.keys().manifest(id));
        removal.empty(place.keys().backup(id));
        removal.deleteNamed(catalog.unshared(row.id()));
        emptySegments(removal, place, backup);
        end(row, removal, snapshots(backup));
    }

    /**
     * What a worker that was overtaken put into the backup's own folder of segments is in no row. A backup that was found in storage has
     * perhaps neighbours that no rebuild could read, so there what nothing names is left to be reported (spec C11).
     */
    private void emptySegments(Removal removal, ArchivePlace place, BackupJob.Completed backup) {
        if (!backup.run().intent().namesImages()) {
            return;
        }
        BackupId id = backup.header().backup();
        int root = place.keys().root().value().length() + 1;
        removal.empty(
                place.keys().segments(id),
                key -> catalog.needing(lease.row().database(), key.value().substring(root)).stream()
                        .allMatch(id.value()::equals));
    }

    private static Optional<Removal.Obstacle> obstacle(String snapshot, DeleteOutcome outcome) {
        String words = "The " + SnapshotRemoval.Remains.words(snapshot, outcome) + ".";
        if (outcome instanceof DeleteOutcome.Locked locked) {
            return Optional.of(new Removal.Obstacle(Removal.LOCKED, words, locked.until()));
        }
        return outcome instanceof DeleteOutcome.Failed failed
                ? Optional.of(new Removal.Obstacle(failed.kind().code(), words, null))
                : Optional.empty();
    }

    private static String words(Set<Pin> pins) {
        return pins.contains(Pin.RUNNING_BACKUP) ? "a running backup shares bytes with it." : "a restore reads it.";
    }

    /** The place, once the manifests of all backups that stay there were read: what cannot be read stops everything (spec H11). */
    private ArchivePlace place(RetentionView.View view, BackupJob.Completed doomed) {
        String location = doomed.header().location();
        ArchivePlace known = checked.get(location);
        if (known != null) {
            return known;
        }
        ArchivePlace place = opened(location);
        new KnownBackups(catalog).require(place, view.byId().keySet(), call());
        Set<BackupId> staying = view.plan().staying();
        for (JobRecord row : view.rows()) {
            if (staying.contains(new BackupId(row.id()))
                    && BackupRow.read(row) instanceof BackupJob.Completed kept
                    && kept.header().location().equals(location)) {
                requireManifest(place, kept);
            }
        }
        checked.put(location, place);
        return place;
    }

    private ArchivePlace opened(String location) {
        RuntimeException known = unusable.get(location);
        if (known != null) {
            throw known;
        }
        try {
            return opened.computeIfAbsent(
                    location, where -> parts.archives().openToWrite(lease.row().database(), where, call()));
        } catch (RuntimeException e) {
            unusable.put(location, e);
            throw e;
        }
    }

    private void requireManifest(ArchivePlace place, BackupJob.Completed kept) {
        BackupId backup = kept.header().backup();
        String committed = kept.contents().manifest().sha256();
        try {
            var unused = new ManifestStore(place, call()).readCommitted(backup, committed);
        } catch (FailedException e) {
            Findings.ofManifest("H11", backup, committed, e).ifPresent(report -> flag(backup, report));
            throw new FailedException(
                    e.code(),
                    "Cannot clean up database " + lease.row().database() + ": backup " + backup
                            + " is kept, and its manifest is not as it was committed: " + e.getMessage()
                            + " Nothing is removed until it is there again or that backup goes.",
                    e);
        }
    }

    private void flag(BackupId backup, Report found) {
        ConflictRetry retry = new ConflictRetry(parts.settings().retry().conflictTries());
        new Findings(catalog, retry).flag(backup, found);
    }

    private CallContext call() {
        return lease.call(CallContext.Purpose.SWEEP);
    }

    private BackupEvent event(JobRecord row, BackupEvent.Kind kind) {
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, row.database(), row.id(), lease.now(), null);
    }
}
