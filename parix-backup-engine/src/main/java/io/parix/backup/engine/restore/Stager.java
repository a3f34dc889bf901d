package io.parix.backup.engine.restore;

import io.parix.backup.ByteSize;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.restore.RestoreRequest;
import io.parix.backup.archive.restore.StagedRestore;
import io.parix.backup.archive.restore.Target;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.RestoreHeader;
import io.parix.backup.engine.image.ImageSet;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.engine.work.MemoryBudget;
import io.parix.backup.host.Image;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.spi.CallContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stages every replica beside the live files and proves that what was staged is the backup, and a cluster (spec F4). */
final class Stager {
    private final RestoreParts parts;

    Stager(RestoreParts parts) {
        this.parts = parts;
    }

    void stage(Lease lease, RestoreHeader header, RestoreCall call) {
        BackupJob backup =
                BackupRow.read(parts.catalog().find(header.backup().value()).orElseThrow());
        ArchivePlace place =
                parts.archives().open(header.database(), backup.header().location());
        try {
            stage(lease, header, call, place);
        } catch (FailedException e) {
            // Only damage goes on record, not a host or a disk that fails (spec H7, C12).
            if (backup instanceof BackupJob.Completed done) {
                parts.damage().note(done, Findings.ofReading(e), lease.call(CallContext.Purpose.MANIFEST));
            }
            throw e;
        }
    }

    private void stage(Lease lease, RestoreHeader header, RestoreCall call, ArchivePlace place) {
        Manifest manifest = manifest(lease, header, place);
        try (Staging staging = parts.host().stage(call, manifest.replicas().size())) {
            stageInto(lease, staging, place, manifest);
        } catch (IOException e) {
            throw new FailedException(
                    ErrorCode.STAGING_FAILED,
                    "Cannot stage restore " + header.restore() + ": " + e.getMessage()
                            + ". The live files are untouched.",
                    e);
        }
    }

    private void fill(Lease lease, ArchivePlace place, Manifest manifest, List<Target> targets) {
        MemoryBudget memory = parts.bench().memory();
        int most = parts.settings().transfer().transferWorkers();
        int workers = memory.workers(most, count -> RestoreRequest.memory(count, manifest.layout()));
        RestoreRequest request = new RestoreRequest(place, manifest, targets, workers);
        memory.holding(
                RestoreRequest.memory(workers, manifest.layout()),
                () -> StagedRestore.run(request, parts.bench().of(lease)));
    }

    private void stageInto(Lease lease, Staging staging, ArchivePlace place, Manifest manifest) throws IOException {
        List<StagedFile> files = new ArrayList<>();
        try {
            List<Target> targets = new ArrayList<>();
            for (ArchivedReplica replica : manifest.replicas()) {
                StagedFile file = staging.open(replica.facts().index());
                files.add(file);
                targets.add(new Target(replica.facts().index(), file));
            }
            requireRoom(staging, manifest, files);
            fill(lease, place, manifest, targets);
            requireCluster(manifest, targets, parts.bench().of(lease));
        } finally {
            close(files);
        }
    }

    /** A sparse restored file can run out of disk later, inside the database; so the whole length must be free now. */
    private static void requireRoom(Staging staging, Manifest manifest, List<StagedFile> files) throws IOException {
        long needed = 0;
        for (int i = 0; i < files.size(); i++) {
            boolean begun = files.get(i).length() > 0;
            needed += begun ? 0 : manifest.replicas().get(i).facts().fileSize().bytes();
        }
        long free = staging.freeSpace();
        if (needed > free) {
            throw new FailedException(
                    ErrorCode.STAGING_FAILED,
                    "Cannot stage backup " + manifest.backup() + ": it takes " + new ByteSize(needed).words() + " and "
                            + new ByteSize(free).words()
                            + " are free beside the live files. Make room, then ask again.");
        }
    }

    /** The same look that the images got before they were stored (spec C5). */
    private static void requireCluster(Manifest manifest, List<Target> targets, Workbench bench) {
        List<Image> images = new ArrayList<>();
        for (Target target : targets) {
            images.add(new StagedImage(manifest.replica(target.replica()), target.file()));
        }
        ImageSet.read(images, bench).requireCluster();
    }

    private static Manifest manifest(Lease lease, RestoreHeader header, ArchivePlace place) {
        return new ManifestStore(place, lease.call(CallContext.Purpose.MANIFEST))
                .readCommitted(header.backup(), header.manifestDigest())
                .manifest();
    }

    private static void close(List<StagedFile> files) throws IOException {
        IOException first = null;
        for (StagedFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
