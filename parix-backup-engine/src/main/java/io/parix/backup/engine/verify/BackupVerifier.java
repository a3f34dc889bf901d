package io.parix.backup.engine.verify;

import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.datafile.DatabaseCheck;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.verify.ArchiveVerification;
import io.parix.backup.archive.verify.ArchivedImage;
import io.parix.backup.archive.verify.VerifyRequest;
import io.parix.backup.core.eligibility.Presence;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.image.ImageSet;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.Image;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks at completed backups in storage. Changes nothing. Safe for concurrent calls. */
public final class BackupVerifier {
    private final Catalog catalog;
    private final DatabaseArchives archives;
    private final Executor executor;
    private final EngineSettings settings;

    /**
     * Looks at nothing yet.
     *
     * @param catalog whose clock dates what is found
     * @param archives where backups lie
     * @param executor lends threads
     * @param settings the limits
     */
    public BackupVerifier(Catalog catalog, DatabaseArchives archives, Executor executor, EngineSettings settings) {
        this.catalog = catalog;
        this.archives = archives;
        this.executor = executor;
        this.settings = settings;
    }

    /**
     * Looks whether the artifacts are there (spec E2, E3).
     *
     * @param backup a completed backup
     * @param bench what to work with: a job's, which must give signs of life, or {@link #bench}
     * @return what was found and when
     */
    public Presence presence(BackupJob.Completed backup, Workbench bench) {
        Report report = ArchiveVerification.present(request(backup), bench);
        int count = backup.contents().replicas().size();
        return new Presence(catalog.now(), report, whole(report, count));
    }

    /**
     * Tells what is on record of the artifacts, without a look at storage (spec D3).
     *
     * @param backup a completed backup
     * @return what the last verification found, and when; that it found damage is for the verification itself to say
     */
    public static Presence recorded(BackupJob.Completed backup) {
        Verification last = backup.verification();
        int count = backup.contents().replicas().size();
        return new Presence(last.at(), Report.empty(), whole(last.report(), count));
    }

    /**
     * Looks at a backup as far as a level asks (spec C10).
     *
     * @param backup a completed backup
     * @param level how far
     * @return every check that was made
     */
    public Report verify(BackupJob.Completed backup, VerificationLevel level) {
        return switch (level) {
            case WRITTEN -> ArchiveVerification.present(request(backup), bench(backup));
            case READ_BACK -> ArchiveVerification.readBack(request(backup), bench(backup));
            case DATABASE_CHECKED -> databaseChecked(backup);
            case DRILLED ->
                throw InvalidRequestException.of("verification level", level.code(), "a drill is a restore of its own");
        };
    }

    private Report databaseChecked(BackupJob.Completed backup) {
        Report read = ArchiveVerification.readBack(request(backup), bench(backup));
        return read.passed() ? read.and(asDatabase(backup)) : read;
    }

    private Report asDatabase(BackupJob.Completed backup) {
        ArchivePlace place = place(backup);
        Workbench bench = bench(backup);
        Manifest manifest = new ManifestStore(place, bench.call())
                .readCommitted(
                        backup.header().backup(), backup.contents().manifest().sha256())
                .manifest();
        List<ArchivedImage> images = new ArrayList<>();
        try {
            for (ArchivedReplica replica : manifest.replicas()) {
                images.add(ArchivedImage.open(place, manifest, replica.facts().index(), bench));
            }
            return checkImages(List.copyOf(images), bench);
        } finally {
            images.forEach(ArchivedImage::close);
        }
    }

    private static Report checkImages(List<Image> images, Workbench bench) {
        Report report = ImageSet.read(images, bench).report();
        for (Image image : images) {
            report = report.and(DatabaseCheck.of(image));
        }
        return report;
    }

    /** A replica is whole unless one of its indexes, or an object that may belong to any replica, was found wanting. */
    private static Set<Integer> whole(Report report, int count) {
        List<String> wanting = report.failures().stream().map(Check::expected).toList();
        return IntStream.range(0, count)
                .filter(index -> wanting.stream().allMatch(name -> isIndexOfOther(name, index)))
                .boxed()
                .collect(Collectors.toSet());
    }

    private static boolean isIndexOfOther(String name, int index) {
        return name.contains("-replica-") && !name.contains("-replica-" + index);
    }

    private VerifyRequest request(BackupJob.Completed backup) {
        return new VerifyRequest(
                place(backup),
                backup.header().backup(),
                backup.contents().manifest().sha256(),
                settings.transfer().transferWorkers());
    }

    /**
     * What a caller of a service looks at a backup with.
     *
     * @param backup which
     * @return a bench without progress, which nobody cancels
     */
    public Workbench bench(BackupJob.Completed backup) {
        CallContext call = new CallContext(
                settings.work().callTimeout(),
                () -> false,
                backup.header().backup().value(),
                CallContext.Purpose.DATA);
        return new Workbench(executor, settings.transfer().spool(), call, ByteProgress.NONE);
    }

    private ArchivePlace place(BackupJob.Completed backup) {
        DatabaseId database = backup.header().database();
        return archives.open(database, backup.header().location());
    }
}
