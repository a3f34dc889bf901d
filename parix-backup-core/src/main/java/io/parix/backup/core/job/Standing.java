package io.parix.backup.core.job;

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
 * @param drill what its last restore drill found out, or null where there was none
 */
public record Standing(
        Ownership ownership, @Nullable Hold hold, @Nullable DrillRecord drill) {
    /** That of a backup that was made here. */
    public static final Standing MADE_HERE = new Standing(Ownership.OWN, null, null);

    /** The same, kept by something else or, with null, by nothing. */
    Standing kept(@Nullable Hold by) {
        return new Standing(ownership, by, drill);
    }

    /** The same, of this installation. */
    Standing owned() {
        return new Standing(Ownership.OWN, hold, drill);
    }

    /** The same after a drill; one that began before the last one did changes nothing. */
    Standing drilled(DrillRecord latest) {
        boolean late = drill != null && latest.startedAt().isBefore(drill.startedAt());
        return late ? this : new Standing(ownership, hold, latest);
    }

    /** {@return why it does not expire, where something keeps it} */
    public Optional<Hold> held() {
        return Optional.ofNullable(hold);
    }
}
