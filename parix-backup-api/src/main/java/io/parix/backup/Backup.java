package io.parix.backup;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup and the job that makes it, as the catalog knows them now.
 *
 * @param id its id
 * @param database whose
 * @param status queued, running, completed or failed (spec B1)
 * @param trigger why it was made (spec A5)
 * @param actor who asked
 * @param requestedAt when it was asked for
 * @param startedAt when a worker first began it, or null
 * @param endedAt when it completed or failed, or null
 * @param progress where it is
 * @param failure why it failed, or null
 * @param contents what it holds; null until it completed
 * @param ownership whose it is
 * @param hold why it does not expire, or null where nothing keeps it
 * @param deletion who wants it removed, or null where nobody does; never beside a hold
 */
public record Backup(
        BackupId id,
        DatabaseId database,
        JobStatus status,
        Trigger trigger,
        Actor actor,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Progress progress,
        @Nullable Failure failure,
        @Nullable BackupContents contents,
        Ownership ownership,
        @Nullable Hold hold,
        @Nullable Deletion deletion) {

    /** {@return why it failed, where it did} */
    public Optional<Failure> failed() {
        return Optional.ofNullable(failure);
    }

    /** {@return why it does not expire, where something keeps it} */
    public Optional<Hold> held() {
        return Optional.ofNullable(hold);
    }

    /** {@return who wants it removed, where somebody does} */
    public Optional<Deletion> toBeDeleted() {
        return Optional.ofNullable(deletion);
    }

    /** {@return what it holds, once it completed} */
    public Optional<BackupContents> completed() {
        return Optional.ofNullable(contents);
    }
}
