package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.Deletion;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decision on each backup of one database. No sentence tells the time now, so that a plan is the same until something in
 * it changes.
 *
 * @param setting as it holds now; what is pending lies in the future
 * @param now the catalog's clock
 * @param last the backup that is kept whatever its age, or null
 */
record Decisions(
        RetentionSetting setting, Instant now, @Nullable BackupId last) {

    /** What becomes of one backup: the first reason, in the order of {@link Reason}, that holds. */
    RetentionDecision of(RetentionCandidate candidate) {
        Instant ended = candidate.endedAt();
        if (ended == null) {
            return ageless(candidate, Reason.RUNNING, "Kept: its job has not ended.");
        }
        if (candidate.ownership() == Ownership.FOREIGN) {
            return ageless(candidate, Reason.FOREIGN_INSTALLATION, "Not touched: another installation made it.");
        }
        // What a swept failure left in history lies in no place.
        if (candidate.place() == Place.NOT_REGISTERED && candidate.stage() != Stage.FAILED_AND_SWEPT) {
            return ageless(
                    candidate,
                    Reason.LOCATION_NOT_REGISTERED,
                    "Not touched: it lies in another place than the one registered for its database.");
        }
        if (candidate.stage() == Stage.EXPIRING) {
            return ageless(candidate, Reason.BEING_REMOVED, "Being removed.");
        }
        Hold hold = candidate.hold();
        if (hold != null) {
            return ageless(candidate, Reason.ON_HOLD, words(hold));
        }
        if (candidate.stage() == Stage.FAILED) {
            return ageless(candidate, Reason.NOT_SWEPT, "Kept: what the failed job created is not swept yet.");
        }
        return byAge(candidate, ended);
    }

    private RetentionDecision byAge(RetentionCandidate candidate, Instant ended) {
        if (candidate.deletion() != null || setting.period().isOver(ended, now)) {
            return toGo(candidate, ended);
        }
        return Limit.of(setting, ended)
                .map(limit -> new RetentionDecision(candidate.backup(), Reason.WITHIN_PERIOD, words(limit), limit.at()))
                .orElseGet(() -> ageless(candidate, Reason.NEVER_EXPIRES, "Kept: backups are kept for ever."));
    }

    private RetentionDecision toGo(RetentionCandidate candidate, Instant ended) {
        Deletion deletion = candidate.deletion();
        String kept = deletion == null ? "Kept past its age" : "To be deleted, and kept for now";
        if (candidate.pins().contains(Pin.RESTORE)) {
            return due(candidate, ended, Reason.IN_USE, kept + ": a restore uses it.");
        }
        if (candidate.pins().contains(Pin.DRILL)) {
            return due(candidate, ended, Reason.IN_USE, kept + ": a restore drill uses it.");
        }
        if (candidate.pins().contains(Pin.RUNNING_BACKUP)) {
            return due(
                    candidate,
                    ended,
                    Reason.BASE_OF_RUNNING_BACKUP,
                    kept + ": a running backup refers to what it holds.");
        }
        if (candidate.backup().equals(last)) {
            return last(candidate, ended);
        }
        if (deletion != null) {
            return due(
                    candidate,
                    ended,
                    Reason.DELETION_ASKED,
                    "To be removed: " + deletion.by() + " asked for its deletion at " + deletion.since() + ".");
        }
        Reason reason = candidate.stage() == Stage.COMPLETED ? Reason.EXPIRED : Reason.FAILED_AND_OLD;
        String sentence = "To be removed: it " + verb(candidate) + " at " + ended + ", and "
                + setting.period().words() + " are over.";
        return due(candidate, ended, reason, sentence);
    }

    private RetentionDecision last(RetentionCandidate candidate, Instant ended) {
        boolean asked = candidate.deletion() != null;
        return candidate.promised()
                ? due(
                        candidate,
                        ended,
                        Reason.LAST_RESTORABLE,
                        "Kept: the last restorable backup." + (asked ? " Its deletion waits for a newer one." : ""))
                : due(
                        candidate,
                        ended,
                        Reason.LAST_COMPLETE,
                        "Kept: something is wrong with every backup, and this is the newest one."
                                + (asked ? " Its deletion waits for one that nothing is wrong with." : ""));
    }

    private RetentionDecision due(RetentionCandidate candidate, Instant ended, Reason reason, String sentence) {
        Optional<Instant> over = candidate.deletion() == null ? setting.period().endFrom(ended) : Optional.empty();
        return new RetentionDecision(candidate.backup(), reason, sentence, over.orElse(null));
    }

    private static RetentionDecision ageless(RetentionCandidate candidate, Reason reason, String sentence) {
        return new RetentionDecision(candidate.backup(), reason, sentence, null);
    }

    private static String verb(RetentionCandidate candidate) {
        return candidate.stage() == Stage.COMPLETED ? "completed" : "failed";
    }

    private static String words(Limit limit) {
        return "Kept until " + limit.at() + ": from then on it is past its "
                + limit.period().words() + ".";
    }

    private static String words(Hold hold) {
        return switch (hold.reason()) {
            case ASKED ->
                "Kept: on hold since " + hold.since()
                        + hold.actor().map(actor -> ", by " + actor).orElse("") + ".";
            case REBUILT -> "Kept: found in storage by a rebuild, and on hold until somebody lifts it.";
        };
    }
}
