package io.parix.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a running job is (spec B2, B8).
 *
 * @param phase the stable name of the phase, for example {@code exporting}
 * @param done bytes done in this phase
 * @param expected bytes expected in this phase; zero while unknown
 * @param attempt the number of the attempt, from 1; 0 before the first
 * @param waiting what the job waits for, in words, or null
 */
public record Progress(
        String phase,
        ByteSize done,
        ByteSize expected,
        int attempt,
        @Nullable String waiting) {

    /** {@return what the job waits for, where it waits} */
    public Optional<String> waitsFor() {
        return Optional.ofNullable(waiting);
    }
}
