package io.parix.backup.testkit.simulation;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;

/** Defects in the production code itself that the simulation must find: a few words of one source, changed. */
enum PlantedLine {
    /** The age of a backup counts from its request. */
    RETENTION_FROM_REQUEST(
            Invariant.NOT_BEFORE_ITS_TIME,
            "engine/retention/RetentionView",
            "job.completedAt(),",
            "job.header().requestedAt(),"),
    /** No backup is kept for being the last one. */
    NO_FLOOR(
            Invariant.LAST_IS_KEPT,
            "core/retention/RetentionRules",
            "facts.floor() == Floor.OFF || facts.database()",
            "facts.floor() != Floor.OFF || facts.database()"),
    /** The old replicas are not stopped before a swap. */
    OLD_REPLICAS_RUN(
            Invariant.FENCED_FIRST,
            "engine/restore/HostMove",
            "host.fenceOld(call), s::fenced",
            "HostAnswer.done(), s::fenced"),
    /** A restore that goes back brings nothing back. */
    NO_SWAP_BACK(Invariant.UNDONE_WHOLE, "engine/restore/HostMove", "host.swapBack(call)", "HostAnswer.done()"),
    /** The images of a failed backup are not released. */
    IMAGES_STAY(
            Invariant.IMAGES_ARE_RELEASED,
            "engine/backup/BackupSteps",
            "images.release(new Attempt(job.header().database(), job.header().backup(), number));",
            "LOG.trace(\"{}\", number);"),
    /** The segments of a failed backup are not swept. */
    SEGMENTS_STAY(
            Invariant.NOTHING_UNOWNED,
            "engine/backup/Leftovers",
            "sweep(place.store(), place.keys().segments(backup), key -> true, locks, call);",
            ""),
    /** That a backup has completed is told to nobody. */
    ENDS_UNTOLD(
            Invariant.ENDS_ARE_TOLD,
            "engine/backup/BackupSteps",
            "lease.write(JobWrite.of(next, event(lease, BackupEvent.Kind.BACKUP_COMPLETED, null)));",
            "lease.write(JobWrite.of(next));"),
    /** A row is written whoever has written it or claimed it meanwhile. */
    NO_FENCING(
            Invariant.NEWEST_CLAIM_WRITES,
            "testkit/catalog/InMemoryCatalog",
            "actual.version() != next.version() || !sameFence(actual.claim(), next.claim())",
            "actual.version() > next.version() + 99");

    private final Invariant breaks;
    private final String source;
    private final String right;
    private final String wrong;

    PlantedLine(Invariant breaks, String source, String right, String wrong) {
        this.breaks = breaks;
        this.source = source;
        this.right = right;
        this.wrong = wrong;
    }

    /** The invariant that it breaks. */
    Invariant breaks() {
        return breaks;
    }

    /** Runs a seed with it. */
    LongFunction<Optional<String>> planted() throws IOException {
        String module = source.startsWith("testkit/") ? "testkit" : source.substring(0, source.indexOf('/'));
        return PatchedEngine.with(
                "parix-backup-" + module + "/src/main/java/io/parix/backup/" + source + ".java", right, wrong);
    }
}
