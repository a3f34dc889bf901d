package io.parix.backup.testkit.simulation;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;

/** Defects in the production code itself that the simulation must find: a few words of one source, changed. */
enum PlantedLine {
    RETENTION_FROM_REQUEST(
            "Retention counts from when a backup was asked for, not from its completion.",
            Invariant.NOT_BEFORE_ITS_TIME,
            "engine/retention/RetentionView",
            "job.completedAt(),",
            "job.header().requestedAt(),"),
    PREVIEW_LOOKS_LATER(
            "A preview tells what the period would do three days later than it says.",
            Invariant.PREVIEWS_AS_IT_WILL_BE,
            "core/retention/ChangePreview",
            "plan(facts, after, settledAt());",
            "plan(facts, after, settledAt().plus(java.time.Duration.ofDays(3)));"),
    NO_UNDO_WINDOW(
            "A shorter period holds at once.",
            Invariant.SHORTENS_LATER,
            "engine/retention/RetentionIntake",
            "return changed(organization, actor, before -> before.change(period, actor, now(), undoWindow()));",
            "return changed(organization, actor, before -> before.change(period, actor, now(), Duration.ZERO));"),
    CLAIMS_TOO_MUCH(
            "A backup claims all that was acknowledged until its images were handed out.",
            Invariant.CLAIMS_WHAT_IT_HOLDS,
            "engine/backup/BackupSteps",
            "Sources.completeBefore(ready.images(), job.run().startedAt());",
            "lease.now();"),
    NO_FLOOR(
            "No backup is kept for being the last one.",
            Invariant.LAST_IS_KEPT,
            "core/retention/RetentionRules",
            "facts.floor() == Floor.OFF || facts.database()",
            "facts.floor() != Floor.OFF || facts.database()"),
    PINS_DO_NOT_PIN(
            "A backup goes while a restore reads it.",
            Invariant.USED_IS_KEPT,
            "engine/retention/Pins",
            "case RESTORE -> Map.of(RestoreRow.read(row).header().backup(), Set.of(Pin.RESTORE));",
            "case RESTORE -> Map.of();"),
    SWEEP_IGNORES_INTENTS(
            "The sweep after a commit takes what its own attempt has announced and written, too.",
            Invariant.CAN_BE_RESTORED,
            "engine/backup/Leftovers",
            "key -> !key.name().startsWith(attempt)",
            "key -> true"),
    KEYS_ARE_FORGOTTEN(
            "A manifest lacks the keys of the segments that it shares with earlier backups.",
            Invariant.CAN_BE_RESTORED,
            "archive/export/Export",
            "key -> needed.contains(key.attempt())",
            "key -> false"),
    SWAP_BEFORE_VERIFY(
            "The staged files go live though they were not proved to be the backup.",
            Invariant.RESTORED_WHOLE,
            "engine/restore/RestoreSteps",
            "stager.stage(lease, staging.header(), call(staging));",
            "try { stager.stage(lease, staging.header(), call(staging)); } catch (FailedException unproved) { }"),
    OLD_REPLICAS_RUN(
            "The old replicas are not stopped before a swap.",
            Invariant.FENCED_FIRST,
            "engine/restore/HostMove",
            "host.fenceOld(call), s::fenced",
            "HostAnswer.done(), s::fenced"),
    NO_SWAP_BACK(
            "A restore that goes back brings nothing back.",
            Invariant.UNDONE_WHOLE,
            "engine/restore/HostMove",
            "host.swapBack(call)",
            "HostAnswer.done()"),
    IMAGES_STAY(
            "The images of a failed backup are not released.",
            Invariant.IMAGES_ARE_RELEASED,
            "engine/backup/BackupSteps",
            "images.release(new Attempt(job.header().database(), job.header().backup(), number));",
            "LOG.trace(\"{}\", number);"),
    SEGMENTS_STAY(
            "The segments of a failed backup are not swept.",
            Invariant.NOTHING_UNOWNED,
            "engine/backup/Leftovers",
            "sweep(place.store(), place.keys().segments(backup), key -> true, locks, call);",
            ""),
    ENDS_UNTOLD(
            "That a backup has completed is told to nobody.",
            Invariant.ENDS_ARE_TOLD,
            "engine/backup/BackupSteps",
            "lease.write(JobWrite.of(next, event(lease, BackupEvent.Kind.BACKUP_COMPLETED, null)));",
            "lease.write(JobWrite.of(next));"),
    OLDER_RELEASES(
            "A backup is restored into a newer release than it was made of.",
            Invariant.FITS_ITS_DATABASE,
            "core/eligibility/Eligibility",
            "new ProfileCheck(\"E12\", ProfileValue.TIGERBEETLE_VERSION),",
            ""),
    NO_FENCING(
            "No fencing check: a row is written whoever has written it or claimed it meanwhile.",
            Invariant.NEWEST_CLAIM_WRITES,
            "testkit/catalog/InMemoryCatalog",
            "actual.version() != next.version() || !sameFence(actual.claim(), next.claim())",
            "actual.version() > next.version() + 99");

    private final String words;
    private final Invariant breaks;
    private final String source;
    private final String right;
    private final String wrong;

    PlantedLine(String words, Invariant breaks, String source, String right, String wrong) {
        this.words = words;
        this.breaks = breaks;
        this.source = source;
        this.right = right;
        this.wrong = wrong;
    }

    /** What is wrong, in words. */
    String words() {
        return words;
    }

    /** The class that it is in. */
    String where() {
        return source.substring(source.lastIndexOf('/') + 1);
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
