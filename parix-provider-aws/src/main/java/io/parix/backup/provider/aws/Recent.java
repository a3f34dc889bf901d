package io.parix.backup.provider.aws;

import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this session asked for by name a short while ago. EC2 describes what it has made some time after it says so, and until then
 * nothing that is not described is known not to be there. Calls that ran at one time may have asked by one name, so each is remembered
 * for itself. Safe for concurrent calls.
 *
 * @param <T> what was made
 */
final class Recent<T extends Recent.Made> {
    /**
     * For how long EC2 may not know what it has made. It gives no bound, but says to look again for up to five minutes ("Eventual
     * consistency in the Amazon EC2 API", Amazon EC2 developer guide).
     */
    static final Duration SETTLING = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, List<Asked<T>>> asked = new HashMap<>();
    private long count;

    /** Something that EC2 has made. */
    interface Made {
        /** {@return its id} */
        String id();
    }

    /** One request: what it made, or null where its answer was lost. */
    private record Asked<T>(@Nullable T made, Map<String, String> labels, long number, Instant until) {
        boolean isLost() {
            return made == null;
        }
    }

    Recent(InstantSource clock) {
        this.clock = clock;
    }

    /** Remembers what was made. */
    synchronized void made(String name, T made, Map<String, String> labels) {
        remember(name, made, labels);
    }

    /** Remembers what was made by a name that makes one thing only: whatever answer was lost before, it was that. */
    synchronized void only(String name, T made, Map<String, String> labels) {
        asked.remove(name);
        remember(name, made, labels);
    }

    /** Remembers that it was asked for, and that the answer was lost. */
    synchronized void lost(String name, Map<String, String> labels) {
        remember(name, null, labels);
    }

    private void remember(String name, @Nullable T made, Map<String, String> labels) {
        prune();
        asked.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(new Asked<>(
                        made, Map.copyOf(labels), count++, clock.instant().plus(SETTLING)));
    }

    private void prune() {
        Instant now = clock.instant();
        asked.values().removeIf(each -> {
            each.removeIf(one -> !one.until().isAfter(now));
            return each.isEmpty();
        });
    }

    /** {@return a mark between what was asked for so far and what will be} */
    synchronized long mark() {
        return count;
    }

    /** Forgets one that was made and deleted, by EC2's word: that it does not know it is none. */
    synchronized void forget(String name, T made) {
        asked.getOrDefault(name, new ArrayList<>())
                .removeIf(each -> each.made() != null && each.made().id().equals(made.id()));
        prune();
    }

    /**
     * Forgets what was described and deleted, by EC2's word. What was described, and is none that this session knows
     * it made, is what an answer that was lost had made.
     *
     * @param name its name
     * @param ids of what was deleted
     * @param before a mark from before it was looked for: what was asked for since is not what was seen
     */
    synchronized void forget(String name, Collection<String> ids, long before) {
        List<Asked<T>> of = asked.getOrDefault(name, new ArrayList<>());
        Set<String> strange = new HashSet<>(ids);
        of.removeIf(each -> each.made() != null && strange.remove(each.made().id()));
        for (int i = 0; i < strange.size(); i++) {
            of.stream()
                    .filter(each -> each.isLost() && each.number() < before)
                    .findFirst()
                    .ifPresent(of::remove);
        }
        prune();
    }

    /** {@return what was made by a name, described or not; an answer that was lost is not among it} */
    synchronized List<T> made(String name) {
        prune();
        return asked.getOrDefault(name, List.of()).stream()
                .map(Asked::made)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What was made by a name that no description shows.
     *
     * @param name its name
     * @param doing what is being done
     * @return what was made; empty where nothing was asked for
     * @throws ProviderException where answers were lost and nothing is known to be made, with how long it takes until silence means that there is nothing
     */
    synchronized List<T> unseen(String name, String doing) {
        List<T> made = made(name);
        List<Asked<T>> of = asked.getOrDefault(name, List.of());
        if (made.isEmpty() && !of.isEmpty()) {
            throw notKnown(name, doing, of);
        }
        return made;
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
    synchronized Map<String, List<T>> unseen(Map<String, String> labels, Set<String> seen, String doing) {
        prune();
        Map<String, List<T>> unseen = new TreeMap<>();
        // A copy, since looking at a name removes what has settled meanwhile.
        for (String name : List.copyOf(asked.keySet())) {
            boolean matches = asked.getOrDefault(name, List.of()).stream()
                    .anyMatch(each -> each.labels().entrySet().containsAll(labels.entrySet()));
            List<T> made = matches && !seen.contains(name) ? unseen(name, doing) : List.of();
            if (!made.isEmpty()) {
                unseen.put(name, made);
            }
        }
        return unseen;
    }

    private ProviderException notKnown(String name, String doing, List<Asked<T>> lost) {
        Instant until =
                lost.stream().map(Asked::until).max(Comparator.naturalOrder()).orElseThrow();
        return ProviderException.throttled(
                "Waiting with " + doing + ": the answer to the request for " + name + " was lost, and until " + until
                        + " EC2 may still show what it has made.",
                Duration.between(clock.instant(), until),
                null);
    }
}
