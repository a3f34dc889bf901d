package io.parix.backup.engine.backup;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Report;
import io.parix.backup.archive.export.Export;
import io.parix.backup.archive.export.ExportRequest;
import io.parix.backup.archive.export.ExportSettings;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestCodec;
import io.parix.backup.archive.manifest.Totals;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.Contents;
import io.parix.backup.core.job.ExportTotals;
import io.parix.backup.core.job.ManifestBytes;
import io.parix.backup.core.job.ManifestReference;
import io.parix.backup.engine.image.ImageSet;
import io.parix.backup.engine.row.SnapshotFindings;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.work.Lease;
import io.parix.backup.host.Image;
import io.parix.backup.spi.Checksums;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From images to objects and the exact bytes of a manifest. */
final class Exporter {
    private final BackupParts parts;
    private final Bases bases;

    Exporter(BackupParts parts) {
        this.parts = parts;
        this.bases = new Bases(parts.catalog(), parts.archives(), parts.settings());
    }

    /** Where from and where to. */
    record Source(ArchivePlace place, List<Image> images) {}

    /** Everything but the manifest is stored. */
    record Result(Contents contents, ManifestBytes manifest, Map<String, Long> segments) {}

    /** The backup that an export would share with, to be pinned before it reads anything of it; null for none. */
    @Nullable
    BackupId base(BackupHeader header) {
        return bases.newest(header);
    }

    Result export(Lease lease, BackupJob.Exporting job, Source source) {
        ImageSet set = ImageSet.read(source.images(), parts.bench().of(lease));
        set.requireCluster();
        set.requireReleaseOf(job.captured().profile());
        Exported exported = run(lease, job, source, set);
        set.requireUnmoved(parts.bench().of(lease));
        byte[] manifest = ManifestCodec.write(manifest(lease, job, set, exported));
        ManifestReference reference = new ManifestReference(
                source.place().keys().manifest(job.header().backup()).value(),
                Checksums.of(manifest).sha256(),
                new ByteSize(manifest.length));
        Totals totals = exported.totals();
        Contents contents = new Contents(
                reference,
                new ExportTotals(totals.logical(), totals.stored(), totals.fresh()),
                set.facts(),
                warnings(set, exported));
        return new Result(contents, new ManifestBytes(manifest), segments(exported));
    }

    private Exported run(Lease lease, BackupJob.Exporting job, Source source, ImageSet set) {
        BackupHeader header = job.header();
        ExportSettings limits = limits(set, source.images().size());
        ExportRequest request = new ExportRequest(
                source.place(),
                header.backup(),
                lease.fence(),
                set.layout(),
                set.sources(),
                bases.pinned(lease, job, source.place()),
                job.run().startedAt(),
                limits,
                null);
        long need = need(limits, set, source.images().size());
        Exported exported = parts.bench()
                .memory()
                .holding(need, () -> sealed(request, parts.bench().of(lease)));
        bases.flag(lease, header, exported.base());
        return exported;
    }

    /** Under a key of its own: what is repeated under another token is sealed anew (spec C13). No secret is had before there is room. */
    private static Exported sealed(ExportRequest request, Workbench bench) {
        ArchivePlace place = request.place();
        ExportRequest sealed = Keyring.fresh(place.keys().database(), place.port(), bench.call())
                .map(request::withKey)
                .orElse(request);
        return Export.run(sealed, bench);
    }

    /** As many workers as there is memory for. */
    private ExportSettings limits(ImageSet set, int replicas) {
        ExportSettings all = settings(parts.settings());
        int workers =
                parts.bench().memory().workers(all.workers(), count -> need(all.withWorkers(count), set, replicas));
        return all.withWorkers(workers);
    }

    private static long need(ExportSettings settings, ImageSet set, int replicas) {
        return ExportRequest.memory(settings, set.layout(), replicas);
    }

    private static ExportSettings settings(EngineSettings settings) {
        return new ExportSettings(
                settings.transfer().transferWorkers(),
                settings.transfer().segmentSize(),
                settings.transfer().segmentsInFlight(),
                settings.transfer().compressionLevel(),
                settings.transfer().segmentAge(),
                (int) Math.ceil(settings.transfer().readBackShare() * 1_000),
                (int) Math.round(settings.transfer().sparseBelow() * 1_000),
                (int) Math.round(settings.transfer().rewriteShare() * 1_000));
    }

    /** Also that nothing was shared, and why: whoever begins to seal, or stops, has it on record (spec C13). */
    private static Report warnings(ImageSet set, Exported exported) {
        return set.warnings().and(new Report(exported.base().warnings()));
    }

    private Manifest manifest(Lease lease, BackupJob.Exporting job, ImageSet set, Exported exported) {
        BackupHeader header = job.header();
        return new Manifest(
                header.database(),
                header.backup(),
                new Manifest.Origin(header.trigger(), header.actor()),
                new Manifest.Times(
                        header.requestedAt(),
                        job.run().startedAt(),
                        job.captured().completeBefore(),
                        lease.now()),
                job.captured().profile(),
                set.layout(),
                exported.replicas(),
                exported.totals(),
                exported.keys(),
                warnings(set, exported)
                        .and(SnapshotFindings.of(job.run().volumes()))
                        .checks(),
                job.run().volumes().standing().stream()
                        .map(ReplicaSnapshot::name)
                        .toList(),
                LibraryVersion.CURRENT,
                parts.catalog().installation());
    }

    private static Map<String, Long> segments(Exported exported) {
        return exported.segments().stream()
                .map(use -> use.segment().object())
                .collect(Collectors.toMap(ObjectRef::name, ObjectRef::length));
    }
}
