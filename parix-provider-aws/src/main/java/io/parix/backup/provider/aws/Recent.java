package io.parix.backup.provider.aws;

import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this session asked for by name a short while ago. EC2 describes what it has made some time after it says so, and until then
 * nothing that is not described is known not to be there. Safe for concurrent calls.
 *
 * @param <T> what was made
 */
final class Recent<T> {
    /**
     * For how long EC2 may not know what it has made. It gives no bound, but says to look again for up to five minutes ("Eventual
     * consistency in the Amazon EC2 API", Amazon EC2 developer guide).
     */
    static final Duration SETTLING = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Asked<T>> asked = new HashMap<>();

    private record Asked<T>(@Nullable T made, Map<String, String> labels, Instant until) {}

    Recent(InstantSource clock) {
        this.clock = clock;
    }

    /** Remembers what was made. */
    synchronized void made(String name, T made, Map<String, String> labels) {
        remember(name, made, labels);
    }

    /** Remembers that it was asked for, and that the answer was lost. */
    synchronized void lost(String name, Map<String, String> labels) {
        remember(name, null, labels);
    }

    private void remember(String name, @Nullable T made, Map<String, String> labels) {
        prune();
        asked.put(name, new Asked<>(made, Map.copyOf(labels), clock.instant().plus(SETTLING)));
    }

    private void prune() {
        Instant now = clock.instant();
        asked.values().removeIf(each -> !each.until().isAfter(now));
    }

    /** Forgets what was deleted, by EC2's word: that it does not know it is none. */
    synchronized void forget(String name) {
        asked.remove(name);
    }

    /** {@return what was made by a name, described or not; empty where nothing was, or an answer was lost} */
    synchronized Optional<T> made(String name) {
        prune();
        return Optional.ofNullable(asked.get(name)).flatMap(each -> Optional.ofNullable(each.made()));
    }

    /**
     * What was made by a name that no description shows.
     *
     * @param name its name
     * @param doing what is being done
     * @return what was made; empty where nothing was asked for
     * @throws ProviderException where an answer was lost, with how long it takes until silence means that there is nothing
     */
    synchronized Optional<T> unseen(String name, String doing) {
        prune();
        Asked<T> found = asked.get(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.made() == null) {
            throw notKnown(name, doing, found.until());
        }
        return Optional.of(found.made());
    }

    /**
     * What was made with labels, by name.
     *
     * @param labels all must match
     * @param seen the names that a description shows
     * @param doing what is being done
     * @return those that it does not show
     * @throws ProviderException as {@link #unseen(String, String)}
     */
    synchronized Map<String, T> unseen(Map<String, String> labels, Set<String> seen, String doing) {
        prune();
        Map<String, T> unseen = new TreeMap<>();
        asked.forEach((name, each) -> {
            if (seen.contains(name) || !each.labels().entrySet().containsAll(labels.entrySet())) {
                return;
            }
            if (each.made() == null) {
                throw notKnown(name, doing, each.until());
            }
            unseen.put(name, each.made());
        });
        return unseen;
    }

    private ProviderException notKnown(String name, String doing, Instant until) {
        return ProviderException.throttled(
                "Waiting with " + doing + ": the answer to the request for " + name + " was lost, and until " + until
                        + " EC2 may still show what it has made.",
                Duration.between(clock.instant(), until),
                null);
    }
}
