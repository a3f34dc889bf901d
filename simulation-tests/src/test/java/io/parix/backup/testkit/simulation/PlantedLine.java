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
    PREVIEW_LEAVES_OUT(
            "A preview names one backup of a database at most.",
            Invariant.PREVIEWS_AS_IT_WILL_BE,
            "core/retention/ChangePreview",
            ".filter(decision -> !already.contains(decision.backup()))",
            ".filter(decision -> !already.contains(decision.backup())).limit(1)"),
    PREVIEW_FREES_TWICE(
            "A preview counts the bytes that it frees twice.",
            Invariant.PREVIEWS_AS_IT_WILL_BE,
            "engine/retention/FreedBytes",
            "sum += Math.max(0, freed(database, together) - alone);",
            "sum += 2 * Math.max(0, freed(database, together) - alone);"),
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
    CUT_WHEN_ASKED(
            "Images are taken to be of the moment at which they were asked for.",
            Invariant.CLAIMS_WHAT_IT_HOLDS,
            "engine/backup/Sources",
            "reduce(asked, (a, b) -> a.isBefore(b) ? a : b);",
            "reduce(asked, (a, b) -> a);"),
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
    MORE_THAN_THERE_IS(
            "More bytes are said to be done than there are to do.",
            Invariant.PROGRESS_IS_TOLD,
            "engine/work/Lease",
            "shown = new StepProgress(done, expected, null);",
            "shown = new StepProgress(done + 1, expected, null);"),
    FAILS_WITHOUT_A_WORD(
            "A backup that is cancelled does not say by whom.",
            Invariant.FAILURES_SAY_WHY,
            "core/job/BackupJob",
            "new Failure(ErrorCode.CANCELLED, words, Report.empty(), at)",
            "new Failure(ErrorCode.CANCELLED, \"\", Report.empty(), at)"),
    NEVER_TOO_LATE(
            "Whoever cancels a backup that is decided is told that it was cancelled.",
            Invariant.CANCELS_AS_ANSWERED,
            "engine/intake/Canceller",
            ": new CancelAnswer.TooLate(BackupRow.view(row));",
            ": new CancelAnswer.Cancelled(BackupRow.view(row));"),
    INTENT_OF_ANOTHER(
            "An attempt announces the images of another one.",
            Invariant.INTENT_FIRST,
            "engine/backup/BackupSteps",
            "Intent.IMAGES + new Attempt(header.database(), header.backup(), attempt)))",
            "Intent.IMAGES + new Attempt(header.database(), header.backup(), attempt + 1)))"),
    WAITS_IN_SILENCE(
            "A job that waits does not say for what.",
            Invariant.WAITS_SAY_FOR_WHAT,
            "engine/work/Lease",
            "row.waiting(lookAgainAfter(next), reason, strikes)",
            "row.waiting(lookAgainAfter(next), \"\", strikes)"),
    WAITS_FOR_IMAGES_IN_SILENCE(
            "A backup that waits for its images does not say so.",
            Invariant.WAITS_SAY_FOR_WHAT,
            "engine/backup/BackupSteps",
            "lease.row().waiting(at, pending.reason(), lease.row().strikes())));",
            "lease.row().waiting(at, \"\", lease.row().strikes())));"),
    STARTS_OVER_IN_SILENCE(
            "A backup that waits before it takes other images does not say so.",
            Invariant.WAITS_SAY_FOR_WHAT,
            "engine/backup/BackupSteps",
            "lease.write(JobWrite.of(next.waiting(again, OTHER_IMAGES, 0)));",
            "lease.write(JobWrite.of(next.waiting(again, \"\", 0)));"),
    SNAPSHOTS_OF_FAILURES_STAY(
            "The snapshots of a failed backup are not deleted.",
            Invariant.NO_SNAPSHOT_UNOWNED,
            "engine/backup/SnapshotSteps",
            "Remains remains = removal.all(job, lease.call(CallContext.Purpose.SWEEP));",
            "Remains remains = new Remains(java.util.Map.of());"),
    TOLD_BEFORE_IT_IS_HEARD(
            "An event counts as told before its listener has heard it.",
            Invariant.ENDS_ARE_TOLD,
            "engine/event/EventPump",
            "            listener.on(event);",
            "            catalog.delivered(event.id());\n            listener.on(event);"),
    ONE_VOLUME(
            "Only one volume of a database has a snapshot made of it.",
            Invariant.HAS_ITS_SNAPSHOTS,
            "engine/snapshot/SnapshotWatch",
            "for (ReplicaVolume volume : host.of(header.database())) {",
            "for (ReplicaVolume volume : host.of(header.database()).subList(0, 1)) {"),
    FORGETS_WHAT_IT_IS_OF(
            "A backup is committed without what its database was.",
            Invariant.SAYS_WHAT_IT_IS_OF,
            "core/job/BackupJob",
            "return new Committing(header, run, captured, contents, manifest);",
            "return new Committing(header, run, new Captured(io.parix.backup.CapturedProfile.NONE,"
                    + " captured.completeBefore()), contents, manifest);"),
    SEGMENT_AFTER_MANIFEST(
            "A segment is put after the manifest.",
            Invariant.MANIFEST_LAST,
            "engine/backup/BackupSteps",
            ".commit(job.header().backup(), job.manifest().bytes());",
            ".commit(job.header().backup(), job.manifest().bytes()); known(job).store().putIfAbsent("
                    + "known(job).keys().resolve(io.parix.backup.archive.segment.ArchiveKeys.segmentName("
                    + "job.header().backup(), job.run().fence(), 9_999)),"
                    + " io.parix.backup.spi.ObjectContent.of(new byte[1]), lease.call(CallContext.Purpose.MANIFEST));"),
    READ_BACK_READS_NOTHING(
            "A backup is said to be read back of which nothing was read.",
            Invariant.VERIFIED_IS_THERE,
            "engine/verify/BackupVerifier",
            "case READ_BACK -> ArchiveVerification.readBack(request(backup), bench(backup));",
            "case READ_BACK -> Report.empty();"),
    OLD_SEGMENTS_DO(
            "A segment is shared however old it is.",
            Invariant.RESTS_ON_YOUNG_SEGMENTS,
            "archive/export/SegmentTrust",
            "trusted.set(i, !segments.get(i).createdAt().isBefore(oldest));",
            "trusted.set(i);"),
    GOES_WITH_ITS_DATABASE(
            "What was backed up of a database goes when that is deleted.",
            Invariant.OUTLIVES_ITS_DATABASE,
            "core/retention/RetentionRules",
            "new Decisions(inForce, now, lastRestorable(facts));",
            "new Decisions(inForce, facts.database() instanceof Deleted ? now.plusSeconds(40_000_000) : now, lastRestorable(facts));"),
    SWEEPS_TAKE_PLACES(
            "A clean-up is a workflow like a backup.",
            Invariant.SWEEPS_BLOCK_NOTHING,
            "testkit/catalog/InMemoryCatalog",
            "slotOf(row).ifPresent(slot -> slots.put(row.database(), slot));",
            "slots.put(row.database(), slotOf(row).orElse("
                    + "new Workflow(io.parix.backup.WorkflowKind.IMPORT, row.id())));"),
    GOES_ON_UNREAD(
            "A clean-up reads no manifest of what stays.",
            Invariant.STOPS_AT_WHAT_IT_CANNOT_READ,
            "engine/sweep/Sweep",
            "requireManifest(place, kept);",
            "LOG.trace(\"{}\", kept);"),
    ANY_CASE_CONFIRMS(
            "A restore is confirmed by a name that is nearly right.",
            Invariant.CONFIRMED_BY_NAME,
            "core/eligibility/Eligibility",
            "live.profile().name().equals(typed)",
            "live.profile().name().equalsIgnoreCase(typed)"),
    REPLACED_IN_SERVICE(
            "A database stays in service while it is restored.",
            Invariant.REPLACED_OUT_OF_SERVICE,
            "engine/restore/HostMove",
            "move(() -> host.move(call), s::moved)",
            "move(() -> HostAnswer.done(), s::moved)"),
    GAP_COMES_LATE(
            "A run whose time the clocks leave out comes as late after it as it would have come.",
            Invariant.RUNS_BY_THE_WALL_CLOCK,
            "core/schedule/RunCalendar",
            "return change.getInstant();",
            "return local.toInstant(change.getOffsetBefore());"),
    SET_AGAIN_MOVES(
            "Whoever sets a schedule to what it is moves its next run by a day.",
            Invariant.MOVES_WHEN_DUE,
            "core/schedule/ScheduleState",
            "return new ScheduleState(other, actor, next, last, missed);",
            "return new ScheduleState(other, actor, next == null ? null"
                    + " : new ScheduledRun(next.day().plusDays(1), next.at().plusSeconds(86_400)), last, missed);"),
    SKIPPED_IS_MISSED(
            "A run that could not start is said to be missed.",
            Invariant.SKIPS_ARE_SAID,
            "core/schedule/ScheduleState",
            ".map(run -> new LastRun(run.day(), run.at(), outcome))",
            ".map(run -> new LastRun(run.day(), run.at(), outcome instanceof RunOutcome.Skipped"
                    + " ? new RunOutcome.Missed() : outcome))"),
    SKIPS_UNSAID(
            "What became of a run is not written down.",
            Invariant.SKIPS_ARE_SAID,
            "core/schedule/ScheduleState",
            "new ScheduleState(cadence, setBy, due.next(), run, all)",
            "new ScheduleState(cadence, setBy, due.next(), last, all)"),
    RESUME_CATCHES_UP(
            "A schedule that is set or resumed has its next run in the past.",
            Invariant.CHANGES_START_NOTHING,
            "engine/schedule/RunPlan",
            "                        now,\n                        day -> state",
            "                        now.minusSeconds(86_400),\n                        day -> state"),
    MOVED_IMAGES_DO(
            "An image that moved while it was exported is taken for one that did not.",
            Invariant.HOLDS_ITS_IMAGES,
            "engine/image/ImageSet",
            "return Fingerprint.of(image, file).unmovedSince(before);",
            "return before.unmovedSince(before);"),
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
