package io.parix.backup;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A restore job as the catalog knows it now.
 *
 * @param id its id
 * @param backup what it puts back
 * @param database whose
 * @param status queued, running, completed or failed
 * @param actor who asked
 * @param requestedAt when it was asked for
 * @param endedAt when it ended, or null
 * @param progress where it is
 * @param failure why it failed, or null
 */
public record Restore(
        RestoreId id,
        BackupId backup,
        DatabaseId database,
        JobStatus status,
        Actor actor,
        Instant requestedAt,
        @Nullable Instant endedAt,
        Progress progress,
        @Nullable Failure failure) {

    /** {@return why it failed, where it did} */
    public Optional<Failure> failed() {
        return Optional.ofNullable(failure);
    }
}
