package io.parix.backup.testkit.store;

import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults scripted for one store, and the count of its calls. Safe for concurrent use. */
public final class StoreFaults {
    private final List<Scripted> scripted = new ArrayList<>();
    private final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);

    StoreFaults() {}

    /**
     * Adds a fault. Where several strike one call, the one added first does.
     *
     * @param fault from now on in force, counting from the next call
     */
    public synchronized void add(Fault fault) {
        scripted.add(new Scripted(fault));
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
    public synchronized int calls(Verb verb) {
        return calls.getOrDefault(verb, 0);
    }

    synchronized void count(Verb verb) {
        calls.merge(verb, 1, Integer::sum);
    }

    synchronized Optional<Fault.Effect> strike(Verb verb, String key) {
        Optional<Fault.Effect> struck = Optional.empty();
        for (Scripted s : scripted) {
            boolean hit = s.fault.matches(verb, key) && s.fault.strikes(++s.seen);
            if (hit && struck.isEmpty()) {
                struck = Optional.of(s.fault.effect());
            }
        }
        return struck;
    }

    /** Returns the refusal that strikes a whole call, which is one that names no keys. */
    synchronized Optional<ProviderException> strikeCall(Verb verb) {
        for (Scripted s : scripted) {
            boolean whole = s.fault.verb() == verb && s.fault.namesNoKey();
            if (whole && s.fault.effect() instanceof Fault.Effect.Refuse refusal && s.fault.strikes(++s.seen)) {
                return Optional.of(refusal.with());
            }
        }
        return Optional.empty();
    }

    private static final class Scripted {
        private final Fault fault;
        private int seen;

        private Scripted(Fault fault) {
            this.fault = fault;
        }
    }
}
