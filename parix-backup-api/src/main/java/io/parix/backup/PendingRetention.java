package io.parix.backup;

import java.time.Duration;
import java.time.Instant;

/**
 * A shortening of the retention period that is asked for and not in force yet; it can be undone until then (spec H9).
 *
 * @param period what will hold
 * @param source where it will come from; {@link RetentionSource#DEFAULT} where the organization goes back to the default
 * @param effectiveAt from when on it holds, this instant included, on the catalog's clock
 * @param by who asked
 * @param requestedAt when, not after {@code effectiveAt}
 */
public record PendingRetention(
        RetentionPeriod period, RetentionSource source, Instant effectiveAt, Actor by, Instant requestedAt) {
    /** Refuses another default than the default, and a change that holds before it was asked for. */
    public PendingRetention {
        source.require(period);
        if (effectiveAt.isBefore(requestedAt)) {
            throw InvalidRequestException.of(
                    "retention change", "effective at " + effectiveAt, "it was asked for later, at " + requestedAt);
        }
    }

    /** What takes effect once the window, zero or longer, is over. */
    static PendingRetention after(
            Duration window, RetentionPeriod period, RetentionSource source, Actor by, Instant now) {
        if (window.isNegative()) {
            throw InvalidRequestException.of("undo window", window.toString(), "it is negative");
        }
        return new PendingRetention(period, source, EndOfTime.plus(now, window), by, now);
    }
}
