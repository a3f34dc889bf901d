package io.parix.backup.archive.verify;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.manifest.SegmentPlan;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.manifest.StoredManifest;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every object of a backup (spec C4, C10). Each one that is missing or wrong is a failed check of rule {@code
 * C4} that
 * names it, below the database's folder, in {@link io.parix.backup.Check#expected()}; its code is
 * {@link ErrorCode#OBJECT_MISSING}, {@link ErrorCode#OBJECT_CORRUPT}, {@link ErrorCode#FORMAT_UNKNOWN},
 * {@link ErrorCode#MANIFEST_FOREIGN} or {@link ErrorCode#KEY_LOST}. Passed checks say how much was looked at.
 *
 * <p>A store that does not answer is no finding: its exception surfaces. Nor is a key that cannot be had now, which is
 * {@link ErrorCode#KEY_UNAVAILABLE}.
 */
public final class ArchiveVerification implements AutoCloseable {
    private final VerifyRequest request;
    private final Workbench bench;
    private final Findings findings = new Findings();
    private final SegmentTable segments = new SegmentTable();
    private final List<LoadedIndex> indexes = new ArrayList<>();

    private ArchiveVerification(VerifyRequest request, Workbench bench) {
        this.request = request;
        this.bench = bench;
    }

    /**
     * Looks whether every object is there with the right size and, where the store knows it, checksum. Reads the
     * manifest and
     * the indexes whole.
     *
     * @param request which backup
     * @param bench threads, spool, call and progress; progress counts stored bytes
     * @return all findings
     */
    public static Report present(VerifyRequest request, Workbench bench) {
        try (ArchiveVerification verification = new ArchiveVerification(request, bench)) {
            return verification.present();
        }
    }

    /**
     * Reads every byte back: manifest, indexes and segments whole, and the identity of every chunk.
     *
     * @param request which backup
     * @param bench threads, spool, call and progress; progress counts stored bytes
     * @return all findings
     */
    public static Report readBack(VerifyRequest request, Workbench bench) {
        try (ArchiveVerification verification = new ArchiveVerification(request, bench)) {
            return verification.readBack();
        }
    }

    /** A backup, and what its objects are read with. */
    private record Loaded(Manifest manifest, ArchiveObjects objects) {}

    private Report present() {
        Loaded backup = load();
        if (backup != null) {
            AtomicInteger next = new AtomicInteger();
            Crew crew = crew();
            crew.run(() -> () -> {
                int segment = next.getAndIncrement();
                if (segment < segments.size()) {
                    ObjectRef object = segments.get(segment).object();
                    findings.look(object.name(), () -> require(backup.objects(), object));
                    crew.advance(object.length());
                }
                return segment < segments.size();
            });
            looked("segments-present", "was found with its size");
        }
        return findings.report();
    }

    private Report readBack() {
        Loaded backup = load();
        if (backup != null) {
            try (SegmentPlan plan = new SegmentPlan(indexes, segments, (index, place) -> true, bench.spool())) {
                SegmentCheck check = new SegmentCheck(backup.manifest(), indexes, plan, backup.objects());
                AtomicInteger next = new AtomicInteger();
                Crew crew = crew();
                crew.run(() -> check.member(next, findings, crew));
            }
            looked("segments-read", "was read whole");
        }
        return findings.report();
    }

    private void looked(String code, String what) {
        if (!findings.any()) {
            findings.looked(
                    code,
                    segments.size() + " segments, " + bytes() + " bytes",
                    "Every one of " + segments.size() + " segments " + what + ".");
        }
    }

    private @Nullable Loaded load() {
        @Nullable Manifest manifest = manifest();
        if (manifest == null) {
            return null;
        }
        ArchiveObjects objects = new ArchiveObjects(request.place(), bench.call(), manifest.ring(request.place()));
        LoadedIndex.From from = new LoadedIndex.From(objects, bench.spool());
        for (ArchivedReplica replica : manifest.replicas()) {
            boolean whole = true;
            for (ObjectRef part : replica.index()) {
                whole &= findings.look(part.name(), () -> objects.check(part));
            }
            if (whole) {
                String first = replica.index().get(0).name();
                findings.look(first, () -> indexes.add(LoadedIndex.load(manifest, replica, segments, from)));
            }
        }
        return new Loaded(manifest, objects);
    }

    private @Nullable Manifest manifest() {
        String name = ArchiveKeys.manifestName(request.backup());
        try {
            ManifestStore manifests = new ManifestStore(request.place(), bench.call());
            String committed = request.manifestSha256();
            StoredManifest stored = committed == null
                    ? manifests.read(request.backup())
                    : manifests.readCommitted(request.backup(), committed);
            return stored.manifest();
        } catch (FailedException e) {
            findings.wrong(name, e.code(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static void require(ArchiveObjects objects, ObjectRef object) {
        Optional<StoredObject> stored = objects.stat(object);
        if (stored.isEmpty()) {
            throw new FailedException(
                    ErrorCode.OBJECT_MISSING,
                    "The segment " + object.name() + " is not there. Use another backup; this one is incomplete.");
        }
        if (!ArchiveObjects.isAs(object, stored.get())) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "The segment " + object.name() + " has " + stored.get().length() + " bytes or a checksum other than"
                            + " it was written with. Use another backup.");
        }
    }

    private Crew crew() {
        return new Crew(bench, request.workers(), bytes());
    }

    private long bytes() {
        long sum = 0;
        for (int i = 0; i < segments.size(); i++) {
            sum += segments.get(i).object().length();
        }
        return sum;
    }

    @Override
    public void close() {
        indexes.forEach(LoadedIndex::close);
    }
}
