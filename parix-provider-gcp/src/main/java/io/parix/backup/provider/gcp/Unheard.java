package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.Operation;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names that this session asked for a short while ago, and of which neither the thing nor its operation was seen: the answer was lost,
 * or the list of operations is behind. Until that has settled silence does not mean that there is nothing. Safe for concurrent calls.
 */
final class Unheard {
    /** Far above the time that a request may still be on its way. Compute Engine gives no bound. */
    static final Duration SETTLING = Duration.ofMinutes(2);

    /** By how much Compute Engine's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Kept> names = new HashMap<>();

    /**
     * A request of which nothing was heard.
     *
     * @param at when it was made, by our clock
     * @param before the operation for the same name that was the latest before it; empty where there was none
     * @param accepted the operation that it became; empty where no answer told
     */
    record Asked(Instant at, String before, String accepted) {
        /** {@return the same, which became an operation} */
        Asked as(String operation) {
            return new Asked(at, before, operation);
        }

        /** An operation of an earlier request says nothing of this one. */
        private boolean isAnsweredBy(Operation operation) {
            String name = operation.getName();
            return name.equals(accepted)
                    || (!name.equals(before)
                            && !ComputeOperations.begun(operation).isBefore(at.minus(SKEW)));
        }
    }

    private record Kept(Asked asked, Instant until) {}

    Unheard(InstantSource clock) {
        this.clock = clock;
    }

    /** {@return whether the latest request, which failed, may be done: also where the caller has gone while it was under way} */
    static boolean mayBeDone(GcpCall call, ProviderException e) {
        return call.isSent() && (e.kind() == ErrorKind.OUTCOME_UNKNOWN || e.kind() == ErrorKind.CANCELLED);
    }

    /**
     * Notes when a request is made.
     *
     * @param latest the operation for the same name that is the latest so far
     * @return the request
     */
    Asked asking(Optional<Operation> latest) {
        return new Asked(clock.instant(), latest.map(Operation::getName).orElse(""), "");
    }

    /** Remembers that a name was asked for. */
    synchronized void remember(String name, Asked asked) {
        Instant now = clock.instant();
        names.values().removeIf(each -> !each.until().isAfter(now));
        names.put(name, new Kept(asked, now.plus(SETTLING)));
    }

    /** Forgets a name that was seen. */
    synchronized void forget(String name) {
        names.remove(name);
    }

    /** Forgets a name if an operation is that of its latest request, or of a later one. */
    synchronized void hear(String name, Operation operation) {
        Kept kept = names.get(name);
        if (kept != null && kept.asked().isAnsweredBy(operation)) {
            names.remove(name);
        }
    }

    /** Refuses to take the silence about a name for its absence. */
    synchronized void requireSettled(String name, GcpCall call) {
        Kept kept = names.get(name);
        Instant now = clock.instant();
        if (kept != null && kept.until().isAfter(now)) {
            throw ProviderException.throttled(
                    "Waiting with " + call.doing() + ": the answer to the request for " + name + " was lost, and until "
                            + kept.until() + " Compute Engine may still begin it.",
                    Duration.between(now, kept.until()),
                    null);
        }
    }
}
