package io.parix.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the selected backups take in storage (spec D4).
 *
 * @param count how many of them completed; only these are added up
 * @param logical the length of all their replica files
 * @param stored the bytes of the segments that they need, each counted once however many of them need it
 * @param freed of these, the bytes that no other backup needs: what removing all of them frees
 * @param oldest when the first one of them completed, or null where none did
 * @param newest when the last one of them completed, or null where none did
 * @param leftOut those of the selection that are not added up, by id
 */
public record StorageSummary(
        int count,
        ByteSize logical,
        ByteSize stored,
        ByteSize freed,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        List<LeftOut> leftOut) {
    /** That of no selection. */
    public static final StorageSummary EMPTY =
            new StorageSummary(0, ByteSize.ZERO, ByteSize.ZERO, ByteSize.ZERO, null, null, List.of());

    /** Copies the list. */
    public StorageSummary {
        leftOut = List.copyOf(leftOut);
    }

    /** {@return when the first one of them completed} */
    public Optional<Instant> first() {
        return Optional.ofNullable(oldest);
    }

    /** {@return when the last one of them completed} */
    public Optional<Instant> last() {
        return Optional.ofNullable(newest);
    }

    /**
     * A backup that is not added up.
     *
     * @param backup which
     * @param why why not
     */
    public record LeftOut(BackupId backup, Why why) {}

    /** Why a backup is not added up. */
    public enum Why {
        /** The database has no backup of this id; one of another database counts as none. */
        NOT_FOUND("not-found"),
        /** It is queued, runs or failed. */
        NOT_COMPLETED("not-completed");

        private final String code;

        Why(String code) {
            this.code = code;
        }

        /** {@return the stable text of this reason} */
        public String code() {
            return code;
        }
    }
}
