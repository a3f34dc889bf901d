package io.parix.backup.core.retention;

import io.parix.backup.BackupId;
import io.parix.backup.Deletion;
import io.parix.backup.Hold;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Ownership;
import io.parix.backup.Verification;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of one backup, as far as its keeping goes.
 *
 * @param backup which
 * @param stage where its job is
 * @param endedAt when it completed or failed, on the catalog's clock; null exactly while it is {@link Stage#RUNNING}
 * @param completeBefore everything acknowledged before this instant is in it (spec C6), on the host's clock; null where no images were kept
 * @param verification what was last found out about it; null before anything was, which speaks not against it
 * @param hold why it does not expire, or null where nothing holds it
 * @param deletion who wants it removed, or null where nobody does
 * @param ownership whose it is
 * @param place where it lies
 * @param manifest what is on record of its own manifest
 * @param pins what refers to it just now
 */
public record RetentionCandidate(
        BackupId backup,
        Stage stage,
        @Nullable Instant endedAt,
        @Nullable Instant completeBefore,
        @Nullable Verification verification,
        @Nullable Hold hold,
        @Nullable Deletion deletion,
        Ownership ownership,
        Place place,
        Manifest manifest,
        Set<Pin> pins) {

    /** Copies the set; refuses an end that does not go with the stage. */
    public RetentionCandidate {
        pins = Set.copyOf(pins);
        if ((endedAt == null) != (stage == Stage.RUNNING)) {
            throw InvalidRequestException.of(
                    "backup " + backup,
                    "which is " + stage + " and ended at " + endedAt,
                    "the two contradict each other");
        }
    }

    /** Where the job of a backup is, for clean-up. */
    public enum Stage {
        /** Queued or running. */
        RUNNING,
        /** Completed. */
        COMPLETED,
        /** Failed, and what it created is not swept yet (spec B3). */
        FAILED,
        /** Failed, with nothing left of it but its row. */
        FAILED_AND_SWEPT,
        /** Being cleaned up; there is no way back. */
        EXPIRING
    }

    /** Where a backup lies. */
    public enum Place {
        /** In the location that is registered for its database. */
        REGISTERED,
        /** In another one, or none is registered (spec C11). */
        NOT_REGISTERED
    }

    /** What looks found out about the manifest of a backup, as far as its keeping goes. */
    public enum Manifest {
        /** Nothing that speaks against it. */
        UNDOUBTED,
        /** It was read, and was not what was committed; it may have been read wrong. */
        WRONG,
        /** It is not there: a backup without one does not exist (spec C3). */
        MISSING
    }

    /** What can refer to a backup. */
    public enum Pin {
        /** A restore reads it (spec F6). */
        RESTORE,
        /** A drill reads it. */
        DRILL,
        /** A backup that is not completed has it as base, or names it in its intent (spec H11). */
        RUNNING_BACKUP
    }

    /** {@return whether it can be promised as the last restorable backup (spec H7)} */
    boolean promised() {
        return stands() && (verification == null || verification.passed());
    }

    /** {@return whether it completed here and lies where it should, damaged or not, and may still be there for somebody} */
    boolean stands() {
        return stage == Stage.COMPLETED && ownership == Ownership.OWN && place == Place.REGISTERED && mayHaveManifest();
    }

    /** Clean-up stops at a manifest that is kept and cannot be read: whoever asks for the deletion of a wrong one gives it up. */
    private boolean mayHaveManifest() {
        return switch (manifest) {
            case UNDOUBTED -> true;
            case WRONG -> deletion == null;
            case MISSING -> false;
        };
    }
}
