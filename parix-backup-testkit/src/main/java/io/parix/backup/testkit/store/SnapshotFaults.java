package io.parix.backup.testkit.store;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults scripted for the snapshots of one place, in order, and the count of its calls. Safe for concurrent use. */
public final class SnapshotFaults {
    private final Map<SnapshotVerb, Deque<Scripted>> scripted = new EnumMap<>(SnapshotVerb.class);
    private final Map<SnapshotVerb, Integer> calls = new EnumMap<>(SnapshotVerb.class);

    SnapshotFaults() {}

    /**
     * Makes the next calls of a verb fail, nothing done.
     *
     * @param verb the verb
     * @param times how many, after those scripted before
     * @param with the error
     */
    public void refuse(SnapshotVerb verb, int times, ProviderException with) {
        add(verb, times, with);
    }

    /**
     * Makes the next calls of a verb be done and fail with {@link ErrorKind#OUTCOME_UNKNOWN}.
     *
     * @param verb the verb
     * @param times how many, after those scripted before
     */
    public void loseAnswer(SnapshotVerb verb, int times) {
        add(verb, times, null);
    }

    /** Ends all faults; the counts go on. */
    public synchronized void clear() {
        scripted.clear();
    }

    /**
     * How often a verb was called, failed calls among them.
     *
     * @param verb the verb
     * @return 0 or more
     */
    public synchronized int calls(SnapshotVerb verb) {
        return calls.getOrDefault(verb, 0);
    }

    private synchronized void add(SnapshotVerb verb, int times, @Nullable ProviderException with) {
        scripted.computeIfAbsent(verb, v -> new ArrayDeque<>()).add(new Scripted(times, with));
    }

    /** Counts a call and raises where it is refused; returns whether its answer is lost. */
    synchronized boolean strike(SnapshotVerb verb) {
        calls.merge(verb, 1, Integer::sum);
        Deque<Scripted> faults = scripted.get(verb);
        Scripted next = faults == null ? null : faults.peek();
        if (faults == null || next == null) {
            return false;
        }
        next.left--;
        if (next.left <= 0) {
            faults.remove();
        }
        if (next.with != null) {
            throw next.with;
        }
        return true;
    }

    private static final class Scripted {
        private int left;
        private final @Nullable ProviderException with;

        private Scripted(int left, @Nullable ProviderException with) {
            this.left = left;
            this.with = with;
        }
    }
}
