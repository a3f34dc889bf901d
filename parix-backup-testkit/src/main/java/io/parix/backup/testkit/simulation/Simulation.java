package io.parix.backup.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs the production engine through virtual days of faults. A seed tells everything about a run, and the same seed is the same run.
 * Safe for concurrent calls.
 */
public final class Simulation {
    private static final int SHRINKING_RUNS = 300;

    private Simulation() {}

    /**
     * Runs one seed.
     *
     * @param seed any
     * @return what was met, and what did not hold
     */
    public static SimulationRun run(long seed) {
        return finished(seed, Choices.seeded(seed));
    }

    /**
     * Runs a seed whose run violates an invariant again and again with less and less out of the ordinary, as long as it violates the same.
     *
     * @param failed such a run
     * @return the shortest such run that was found
     */
    public static SimulationRun shrink(SimulationRun failed) {
        String invariant = failed.violation().orElseThrow().invariant();
        SimulationRun best = failed;
        int tries = 0;
        for (int chunk = Math.max(1, best.taken().size() / 2); chunk >= 1 && tries < SHRINKING_RUNS; chunk /= 2) {
            boolean shorter = true;
            while (shorter && tries < SHRINKING_RUNS) {
                shorter = false;
                List<Long> places = new ArrayList<>(best.taken().keySet());
                for (int from = places.size(); from > 0 && tries < SHRINKING_RUNS; from -= chunk) {
                    tries++;
                    SortedMap<Long, Integer> fewer = new TreeMap<>(best.taken());
                    places.subList(Math.max(0, from - chunk), from).forEach(fewer::remove);
                    SimulationRun tried = finished(best.seed(), Choices.replayed(fewer));
                    if (tried.violation()
                                    .filter(v -> v.invariant().equals(invariant))
                                    .isPresent()
                            && tried.taken().size() < best.taken().size()) {
                        best = tried;
                        shorter = true;
                        break;
                    }
                }
            }
        }
        return best;
    }

    private static SimulationRun finished(long seed, Choices choices) {
        try (Run run = new Run(Plan.of(seed), choices)) {
            return new SimulationRun(
                    seed,
                    run.go().orElse(null),
                    run.world().log(),
                    run.world().coverage(),
                    run.world().now(),
                    run.taken());
        }
    }
}
