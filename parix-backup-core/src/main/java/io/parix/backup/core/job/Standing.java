package io.parix.backup.core.job;

import io.parix.backup.Deletion;
import io.parix.backup.DrillRecord;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a completed backup is to its catalog.
 *
 * @param ownership whose it is
 * @param hold why it does not expire, or null where nothing keeps it
 * @param deletion who wants it removed, or null where nobody does; never beside a hold (spec H6)
 * @param drill what its last restore drill found out, or null where there was none
 */
public record Standing(
        Ownership ownership,
        @Nullable Hold hold,
        @Nullable Deletion deletion,
        @Nullable DrillRecord drill) {
    /** That of a backup that was made here. */
    public static final Standing MADE_HERE = new Standing(Ownership.OWN, null, null, null);

    /** Refuses what contradicts itself. */
    public Standing {
        Require.that(
                hold == null || deletion == null,
                "standing",
                String.valueOf(hold),
                "a backup on hold is not to be deleted");
    }

    /** The same, kept by something, so nobody's deletion stands. */
    Standing kept(Hold by) {
        return new Standing(ownership, by, null, drill);
    }

    /** The same, kept by nothing. */
    Standing lifted() {
        return new Standing(ownership, null, deletion, drill);
    }

    /** The same, to be removed. */
    Standing deleted(Deletion asked) {
        return new Standing(ownership, hold, asked, drill);
    }

    /** The same, of this installation. */
    Standing owned() {
        return new Standing(Ownership.OWN, hold, deletion, drill);
    }

    /** The same after a drill; one that began before the last one did changes nothing. */
    Standing drilled(DrillRecord latest) {
        boolean late = drill != null && latest.startedAt().isBefore(drill.startedAt());
        return late ? this : new Standing(ownership, hold, deletion, latest);
    }

    /** {@return why it does not expire, where something keeps it} */
    public Optional<Hold> held() {
        return Optional.ofNullable(hold);
    }
}
