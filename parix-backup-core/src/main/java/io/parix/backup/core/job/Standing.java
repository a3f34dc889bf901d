package io.parix.backup.core.job;

import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a completed backup is to its catalog.
 *
 * @param ownership whose it is
 * @param hold why it does not expire, or null where nothing keeps it
 */
public record Standing(Ownership ownership, @Nullable Hold hold) {
    /** That of a backup that was made here. */
    public static final Standing MADE_HERE = new Standing(Ownership.OWN, null);

    /** {@return why it does not expire, where something keeps it} */
    public Optional<Hold> held() {
        return Optional.ofNullable(hold);
    }
}
