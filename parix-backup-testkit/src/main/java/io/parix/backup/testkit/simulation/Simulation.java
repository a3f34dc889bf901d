package io.parix.backup.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the production engine through virtual days of faults: several processes on one catalog, one place and one host, any of
 * which may have to wait for the others before and after each of its calls. A seed tells everything about a run, and the same seed is the same run. Safe for concurrent calls.
 */
public final class Simulation {
    private static final int SHRINKING_RUNS = 300;

    private final UnaryOperator<Ports> ports;

    private Simulation(UnaryOperator<Ports> ports) {
        this.ports = ports;
    }

    /**
     * Runs on the catalog, the place and the host of the testkit.
     *
     * @return a simulation of nothing but what this project ships
     */
    public static Simulation inMemory() {
        return new Simulation(UnaryOperator.identity());
    }

    /**
     * Runs on a host's own ports.
     *
     * @param ports changes the ports of each run; called once a run, and once more for an empty catalog where a run loses its own, from any
     *     of the threads that run seeds
     * @return a simulation on what it gives
     */
    public static Simulation on(UnaryOperator<Ports> ports) {
        return new Simulation(ports);
    }

    /**
     * Runs one seed.
     *
     * @param seed any
     * @return what was met, and what did not hold
     */
    public SimulationRun run(long seed) {
        return finished(seed, Choices.seeded(seed));
    }

    /**
     * Runs a seed whose run violates an invariant again and again with less and less out of the ordinary, as long as it violates the
     * same, at most 300 times.
     *
     * @param failed such a run
     * @return the run with the least out of the ordinary that was found
     * @throws java.util.NoSuchElementException when the run violates nothing
     */
    public SimulationRun shrink(SimulationRun failed) {
        SimulationRun best = failed;
        int left = SHRINKING_RUNS;
        int chunk = Math.max(1, best.taken().size() / 2);
        while (chunk >= 1 && left > 0) {
            SimulationRun shorter = without(chunk, best, left);
            left -= Math.max(1, best.taken().size() / chunk);
            chunk = shorter == best
                    ? chunk / 2
                    : Math.min(chunk, Math.max(1, shorter.taken().size() / 2));
            best = shorter;
        }
        return best;
    }

    /** Leaves out one stretch after the other, the last ones first, and keeps to what still fails. */
    private SimulationRun without(int chunk, SimulationRun failed, int most) {
        Invariant invariant = failed.violation().orElseThrow().invariant();
        SimulationRun best = failed;
        List<Long> places = new ArrayList<>(failed.taken().keySet());
        int left = most;
        for (int end = places.size(); end > 0 && left > 0; end -= chunk, left--) {
            NavigableMap<Long, Integer> fewer = new TreeMap<>(best.taken());
            places.subList(Math.max(0, end - chunk), end).forEach(fewer::remove);
            SimulationRun tried = finished(failed.seed(), Choices.replayed(fewer));
            boolean same =
                    tried.violation().filter(v -> v.invariant() == invariant).isPresent();
            if (same && tried.taken().size() < best.taken().size()) {
                best = tried;
            }
        }
        return best;
    }

    /** A process that does not come back, and whatever else a run cannot go on from, is found in its seed. */
    private static @Nullable Violation violation(Run run) {
        try {
            return run.go().orElse(null);
        } catch (RuntimeException | AssertionError e) {
            return new Violation(Invariant.RUN_ENDS, "it could not go on: " + e);
        }
    }

    private SimulationRun finished(long seed, Choices choices) {
        try (Run run = new Run(Plan.of(seed), choices, ports)) {
            return new SimulationRun(
                    seed,
                    violation(run),
                    run.world().log(),
                    run.world().coverage(),
                    run.world().now(),
                    run.taken());
        }
    }
}
