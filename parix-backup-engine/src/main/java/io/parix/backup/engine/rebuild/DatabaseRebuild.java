package io.parix.backup.engine.rebuild;

import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Ownership;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.manifest.NeededSegments;
import io.parix.backup.archive.manifest.StoredManifest;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.CompletedBackups;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.snapshot.FoundSnapshots;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One database's backups, from storage into the catalog. For one thread, once. */
final class DatabaseRebuild {
    private final RebuildParts parts;
    private final StorageLocation location;
    private final ArchivePlace place;
    private final List<AdoptedJob> waiting = new ArrayList<>();
    private final List<BackupId> adopted = new ArrayList<>();
    private final List<BackupId> known = new ArrayList<>();
    private final List<BackupId> foreign = new ArrayList<>();
    private final List<RebuildReport.Unreadable> unreadable = new ArrayList<>();
    private final Set<ObjectKey> named = new HashSet<>();
    private final ShownSegments shown;

    DatabaseRebuild(RebuildParts parts, StorageLocation location, DatabaseId database, CallContext call) {
        this.parts = parts;
        this.location = location;
        this.place = parts.archives().unchecked(database, location);
        this.shown = new ShownSegments(place, call);
    }

    /** Takes up whatever can be read; what only wants a key is unreadable for now, and awaited. */
    RebuildReport run(CallContext call, AwaitedKeys awaited) {
        Set<String> ours = parts.installations().lineage(location, call);
        for (BackupId backup : new ManifestStore(place, call).backups()) {
            take(backup, ours, awaited, call);
        }
        flush(call);
        return new RebuildReport(
                place.keys().database(), adopted, known, foreign, unreadable, new Unnamed(named).in(place, call));
    }

    private void take(BackupId backup, Set<String> ours, AwaitedKeys awaited, CallContext call) {
        ObjectKey key = place.keys().manifest(backup);
        try {
            FoundBackup found = read(backup, call);
            boolean own = ours.contains(found.stored().manifest().installation());
            AdoptedJob job = found.adopted(
                    own ? Ownership.OWN : Ownership.FOREIGN, parts.catalog().now());
            name(found);
            if (!own) {
                foreign.add(backup);
            }
            waiting.add(job);
        } catch (ProviderException e) {
            throw e;
        } catch (BackupException e) {
            if (e.code() == ErrorCode.KEY_UNAVAILABLE) {
                awaited.add(key, e);
            }
            unreadable.add(new RebuildReport.Unreadable(key.value(), e.code(), String.valueOf(e.getMessage())));
        }
        if (waiting.size() == parts.settings().pages().rebuildPage()) {
            flush(call);
        }
    }

    /** Everything that a restore would rely on is read and compared: the manifest, the indexes that it names, and whether what those name is there. */
    private FoundBackup read(BackupId backup, CallContext call) {
        StoredManifest stored = new ManifestStore(place, call).read(backup);
        requireAsStored(backup, stored, call);
        LoadedIndex.From from = new LoadedIndex.From(
                new ArchiveObjects(place, call, stored.manifest().ring(place)),
                parts.settings().transfer().spool());
        FoundSnapshots.Found snapshots =
                new FoundSnapshots(parts.archives()).of(location.identity(), stored.manifest(), call);
        Map<String, Long> needed = NeededSegments.of(stored.manifest(), from);
        return new FoundBackup(place.keys(), location, stored, needed, shown.wanting(needed), snapshots);
    }

    private void requireAsStored(BackupId backup, StoredManifest stored, CallContext call) {
        ObjectKey key = place.keys().manifest(backup);
        Optional<Checksums> kept = place.store().stat(key, call).flatMap(StoredObject::knownChecksums);
        if (kept.isPresent() && !kept.get().equals(stored.checksums())) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "Cannot trust " + key + ": the store keeps SHA-256 "
                            + kept.get().sha256()
                            + " for it, and what it gave has "
                            + stored.checksums().sha256()
                            + ". Keep it for evidence; use another backup.");
        }
    }

    private void name(FoundBackup found) {
        ArchiveKeys keys = place.keys();
        named.add(keys.manifest(found.stored().manifest().backup()));
        for (ArchivedReplica replica : found.stored().manifest().replicas()) {
            for (ObjectRef index : replica.index()) {
                named.add(keys.resolve(index.name()));
            }
        }
        found.segments().keySet().forEach(segment -> named.add(keys.resolve(segment)));
    }

    private void flush(CallContext call) {
        Set<String> fresh = parts.catalog().adopt(waiting);
        waiting.stream()
                .findFirst()
                .ifPresent(job ->
                        parts.cleanUps().ensure(job.row().database(), job.row().region()));
        for (AdoptedJob job : waiting) {
            BackupId backup = new BackupId(job.row().id());
            if (fresh.contains(backup.value())) {
                keep(backup, call);
            } else {
                known.add(backup);
                own(backup);
            }
        }
        waiting.clear();
    }

    /**
     * What clean-up has removed since its manifest was read is in no row any more, so it seemed new: its manifest went first, and its row is
     * taken back. Whoever removes a backup afterwards meets its row.
     */
    private void keep(BackupId backup, CallContext call) {
        if (place.store().stat(place.keys().manifest(backup), call).isPresent()) {
            adopted.add(backup);
        } else {
            var unused = conflicts().run("take back backup " + backup, () -> takenBack(backup));
        }
    }

    private Optional<JobRecord> takenBack(BackupId backup) {
        Optional<JobRecord> row = parts.catalog().find(backup.value());
        row.ifPresent(phantom -> parts.catalog().remove(phantom, List.of()));
        return row;
    }

    private ConflictRetry conflicts() {
        return new ConflictRetry(parts.settings().retry().conflictTries());
    }

    /** A backup that was foreign when it was taken up from this place is ours once the place was adopted. */
    private void own(BackupId backup) {
        if (!foreign.contains(backup)) {
            CompletedBackups rows = new CompletedBackups(parts.catalog(), conflicts());
            rows.find(backup)
                    .filter(job -> job.standing().ownership() == Ownership.FOREIGN)
                    .filter(job -> job.header().location().equals(location.identity()))
                    .ifPresent(job -> rows.change(backup, BackupJob.Completed::owned));
        }
    }
}
