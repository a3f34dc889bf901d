package io.parix.backup;

import java.time.Duration;
import java.time.Instant;

/** Instants that would lie after the last one that can be said are the last one. */
final class EndOfTime {
    private EndOfTime() {}

    /** Returns {@code from} and {@code more}, zero or longer, or {@link Instant#MAX} where that lies after it. */
    static Instant plus(Instant from, Duration more) {
        // Duration.between would run over its nanoseconds, and recover by an exception, at every call.
        Duration left = Duration.ofSeconds(
                Instant.MAX.getEpochSecond() - from.getEpochSecond(), (long) Instant.MAX.getNano() - from.getNano());
        return left.compareTo(more) <= 0 ? Instant.MAX : from.plus(more);
    }
}
