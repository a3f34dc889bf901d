package io.parix.backup.archive;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Trigger;
import io.parix.backup.archive.export.Export;
import io.parix.backup.archive.export.ExportRequest;
import io.parix.backup.archive.export.ExportSettings;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.export.Source;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestCodec;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.restore.RestoreRequest;
import io.parix.backup.archive.restore.Restored;
import io.parix.backup.archive.restore.StagedRestore;
import io.parix.backup.archive.restore.Target;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.verify.VerifyRequest;
import io.parix.backup.host.KeyPort;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One database's archive in a test: shortens the way from images to a backup and back. */
public final class Archives {
    public static final DatabaseId DATABASE = new DatabaseId("ledger-1");
    public static final Instant STARTED = Instant.parse("2026-02-03T04:05:06Z");
    public static final ExportSettings SMALL = ExportSettings.DEFAULT.withSegmentSize(new ByteSize(128 << 10));
    public static final Executor NONE = task -> {};

    public final TestStore store;
    public final ArchivePlace place;
    private final Path spool;
    private Executor executor = NONE;
    private ExportSettings settings = SMALL;
    private Instant startedAt = STARTED;

    public Archives(TestStore store, Path spool) {
        this(store, spool, KeyPort.none());
    }

    public Archives(TestStore store, Path spool, KeyPort keys) {
        this.store = store;
        this.spool = spool;
        this.place = new ArchivePlace(store, new ArchiveKeys(new KeyPrefix("parix"), DATABASE), keys);
    }

    public Archives on(Executor lender) {
        executor = lender;
        return this;
    }

    public Archives with(ExportSettings other) {
        settings = other;
        return this;
    }

    public Archives at(Instant instant) {
        startedAt = instant;
        return this;
    }

    public Workbench bench() {
        return bench(call(), ByteProgress.NONE);
    }

    public Workbench bench(CallContext call, ByteProgress progress) {
        return new Workbench(executor, spool, call, progress);
    }

    public static CallContext call() {
        return new CallContext(Duration.ofMinutes(1), () -> false, "job-1", CallContext.Purpose.DATA);
    }

    public ExportRequest request(String backup, @Nullable Manifest base, List<TestImage> images) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            sources.add(images.get(i).source(i, images.size()));
        }
        return new ExportRequest(
                place,
                new BackupId(backup),
                7,
                TestImage.LAYOUT,
                sources,
                base,
                startedAt,
                settings,
                place.port().fresh(DATABASE).orElse(null));
    }

    public Exported export(String backup, @Nullable Manifest base, List<TestImage> images) {
        return Export.run(request(backup, base, images), bench());
    }

    public Manifest back(String backup, @Nullable Manifest base, List<TestImage> images) {
        Exported exported = export(backup, base, images);
        Manifest manifest = manifest(backup, exported);
        new ManifestStore(place, call()).commit(manifest.backup(), ManifestCodec.write(manifest));
        return manifest;
    }

    public static Manifest manifest(String backup, Exported exported) {
        return new Manifest(
                DATABASE,
                new BackupId(backup),
                new Manifest.Origin(Trigger.MANUAL, new Actor("alice")),
                new Manifest.Times(STARTED.minusSeconds(60), STARTED, TestImage.CUT, STARTED.plusSeconds(60)),
                CapturedProfile.NONE,
                TestImage.LAYOUT,
                exported.replicas(),
                exported.totals(),
                exported.keys(),
                List.of(new Check("K8", "skewed", Check.Outcome.WARN, "0", "1", "One image is older.")),
                List.of(),
                "0.1.0",
                "00112233445566778899aabbccddeeff");
    }

    public List<TestStaged> restore(Manifest manifest) {
        List<TestStaged> files =
                manifest.replicas().stream().map(r -> new TestStaged()).toList();
        restore(manifest, files);
        return files;
    }

    public Restored restore(Manifest manifest, List<TestStaged> files) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            targets.add(new Target(manifest.replicas().get(i).facts().index(), files.get(i)));
        }
        return StagedRestore.run(new RestoreRequest(place, manifest, targets, RestoreRequest.DEFAULT_WORKERS), bench());
    }

    public VerifyRequest verify(String backup) {
        return new VerifyRequest(place, new BackupId(backup), null, VerifyRequest.DEFAULT_WORKERS);
    }
}
