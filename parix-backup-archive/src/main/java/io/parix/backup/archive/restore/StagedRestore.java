package io.parix.backup.archive.restore;

import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.SegmentPlan;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveObjects;
import java.util.ArrayList;

/** Fills staged files from a backup and proves that they are what the backup holds (spec F4, C4). */
public final class StagedRestore {
    private final RestoreRequest request;
    private final Workbench bench;
    private final Stage stage;

    private StagedRestore(RestoreRequest request, Workbench bench, Stage stage) {
        this.request = request;
        this.bench = bench;
        this.stage = stage;
    }

    /**
     * Stages replicas: fetches each segment once, checks every chunk before it is written, forces the files to disk,
     * then
     * reads them back and compares them with the manifest. Staged files that already hold something are continued:
     * chunks
     * that are right are not fetched again. Repeating it after any failure is safe. The caller's thread takes part.
     *
     * @param request what to stage
     * @param bench threads, spool, call and progress; progress counts bytes looked at, written and read back
     * @return what was done; every staged file is then right, and on disk
     * @throws io.parix.backup.spi.ProviderException as the store answers, unchanged
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#OBJECT_MISSING},
     *     {@link io.parix.backup.ErrorCode#OBJECT_CORRUPT} or {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN} naming
     *     the object;
     *     {@link io.parix.backup.ErrorCode#KEY_LOST} naming the key, {@link io.parix.backup.ErrorCode#KEY_UNAVAILABLE};
     *     {@link io.parix.backup.ErrorCode#STAGING_FAILED} when a staged file cannot be written or read;
     *     {@link io.parix.backup.ErrorCode#STAGED_MISMATCH} naming the replica and its first wrong chunk;
     *     {@link io.parix.backup.ErrorCode#SPOOL_FAILED} when the spool is full
     */
    public static Restored run(RestoreRequest request, Workbench bench) {
        Stage stage = new Stage(
                request.manifest().layout(),
                new ArchiveObjects(
                        request.place(), bench.call(), request.manifest().ring(request.place())),
                new SegmentTable(),
                new ArrayList<>(),
                new ArrayList<>());
        try {
            return new StagedRestore(request, bench, stage).run();
        } finally {
            stage.indexes().forEach(LoadedIndex::close);
        }
    }

    private Restored run() {
        boolean begun = false;
        for (Target target : request.targets()) {
            var replica = request.manifest().replica(target.replica());
            LoadedIndex.From from = new LoadedIndex.From(stage.objects(), bench.spool());
            stage.indexes().add(LoadedIndex.load(request.manifest(), replica, stage.segments(), from));
            stage.files()
                    .add(new StagedSource(target, replica.facts().fileSize().bytes()));
        }
        for (StagedSource file : stage.files()) {
            begun |= file.prepare();
        }
        return begun ? resume() : write((file, place) -> true, new Steps(0, 2 * logical()), 0);
    }

    /** Where progress is, over the passes of one restore. */
    private record Steps(long done, long expected) {}

    private Restored resume() {
        Continuation found = new Continuation(stage.layout(), stage.files(), stage.indexes());
        long logical = logical();
        found.run(crew(new Steps(0, 3 * logical)));
        return write((file, place) -> !found.keeps(file, place), new Steps(logical, 3 * logical), found.keptBytes());
    }

    private Restored write(SegmentPlan.Wanted wanted, Steps steps, long kept) {
        long logical = logical();
        FanOut fanOut;
        try (SegmentPlan plan = new SegmentPlan(stage.indexes(), stage.segments(), wanted, bench.spool())) {
            fanOut = new FanOut(stage, plan, crew(steps));
            fanOut.run();
        }
        new Proof(stage, crew(new Steps(steps.done() + logical, steps.expected()))).run();
        return new Restored(logical, fanOut.fetched(), fanOut.written(), kept);
    }

    private Crew crew(Steps steps) {
        ByteProgress rest = (done, expected) -> bench.progress().at(steps.done() + done, steps.expected());
        Workbench part = new Workbench(bench.executor(), bench.spool(), bench.call(), rest);
        return new Crew(part, request.workers(), steps.expected());
    }

    private long logical() {
        return stage.files().stream().mapToLong(StagedSource::length).sum();
    }
}
