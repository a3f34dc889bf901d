package io.parix.backup.provider.gcp;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Names that this session asked for a short while ago, and of which neither the thing nor its operation was seen: the answer was lost,
 * or the list of operations is behind. Until that has settled silence does not mean that there is nothing. Safe for concurrent calls.
 */
final class Unheard {
    /** Far above the time that a request may still be on its way. Compute Engine gives no bound. */
    static final Duration SETTLING = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Map<String, Instant> until = new HashMap<>();

    Unheard(InstantSource clock) {
        this.clock = clock;
    }

    /** {@return whether the latest request, which failed, may be done: also where the caller has gone while it was under way} */
    static boolean mayBeDone(GcpCall call, ProviderException e) {
        return call.isSent() && (e.kind() == ErrorKind.OUTCOME_UNKNOWN || e.kind() == ErrorKind.CANCELLED);
    }

    /** Remembers that a name was asked for. */
    synchronized void remember(String name) {
        Instant now = clock.instant();
        until.values().removeIf(each -> !each.isAfter(now));
        until.put(name, now.plus(SETTLING));
    }

    /** Forgets a name that was seen. */
    synchronized void forget(String name) {
        until.remove(name);
    }

    /** Refuses to take the silence about a name for its absence. */
    synchronized void requireSettled(String name, GcpCall call) {
        Instant end = until.getOrDefault(name, Instant.MIN);
        Instant now = clock.instant();
        if (end.isAfter(now)) {
            throw ProviderException.throttled(
                    "Waiting with " + call.doing() + ": the answer to the request for " + name + " was lost, and until "
                            + end + " Compute Engine may still begin it.",
                    Duration.between(now, end),
                    null);
        }
    }
}
