package io.parix.backup.spi;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one key of a {@link ObjectStore#delete}. */
public sealed interface DeleteOutcome {
    /** It was there and is gone. */
    record Deleted() implements DeleteOutcome {}

    /** It was not there; for clean-up that is success. */
    record Absent() implements DeleteOutcome {}

    /**
     * The place keeps it.
     *
     * @param until when the lock ends, or null where that cannot be told, which counts as locked (spec H10)
     */
    record Locked(@Nullable Instant until) implements DeleteOutcome {
        /** {@return when the lock ends, where that can be told} */
        public Optional<Instant> end() {
            return Optional.ofNullable(until);
        }

        /** {@return what is to be said of it, for a person, to follow a name: that it is locked, and until when} */
        public String words() {
            return "is locked until " + end().map(Instant::toString).orElse("a time that the place does not tell");
        }
    }

    /**
     * It could not be deleted.
     *
     * @param kind why, for the engine
     * @param message why, for a person
     */
    record Failed(ErrorKind kind, String message) implements DeleteOutcome {}
}
