package io.parix.backup.testkit.simulation;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the production engine through virtual days of faults: several processes on one catalog, one place and one host, any of
 * which may have to wait for the others before and after each of its calls. A seed tells everything about a run, and the same seed is the same run. Safe for concurrent calls.
 */
public final class Simulation {
    private final UnaryOperator<Ports> ports;
    private final Duration patience;

    private Simulation(UnaryOperator<Ports> ports, Duration patience) {
        this.ports = ports;
        this.patience = patience;
    }

    /**
     * Runs on the catalog, the place and the host of the testkit.
     *
     * @return a simulation of nothing but what this project ships
     */
    public static Simulation inMemory() {
        return on(UnaryOperator.identity());
    }

    /**
     * Runs on a host's own ports.
     *
     * @param ports changes the ports of each run; called once a run, and once more for an empty catalog where a run loses its own, from any
     *     of the threads that run seeds
     * @return a simulation on what it gives
     */
    public static Simulation on(UnaryOperator<Ports> ports) {
        return new Simulation(ports, Patience.untilSure().most());
    }

    /** The same, but a process that does not come back is lost after another time. */
    Simulation waiting(Duration most) {
        return new Simulation(ports, most);
    }

    /**
     * Runs one seed.
     *
     * @param seed any
     * @return what was met, and what did not hold
     */
    public SimulationRun run(long seed) {
        return finished(seed, Choices.seeded(seed), Patience.of(patience));
    }

    /**
     * Runs a seed whose run violates an invariant again and again with less and less out of the ordinary, as long as it violates the
     * same: at most 300 times, and until in 12 of them a process has not come back for five seconds.
     *
     * @param failed such a run
     * @return the run with the least out of the ordinary that was found; it says where it could be made shorter still
     * @throws java.util.NoSuchElementException when the run violates nothing
     */
    public SimulationRun shrink(SimulationRun failed) {
        return new Shrinking(failed, (choices, again) -> finished(failed.seed(), choices, again), patience).shortest();
    }

    /** A process that does not come back, and whatever else a run cannot go on from, is found in its seed. */
    private static @Nullable Violation violation(Run run) {
        try {
            return run.go().orElse(null);
        } catch (RuntimeException | AssertionError e) {
            return new Violation(Invariant.RUN_ENDS, "it could not go on: " + e);
        }
    }

    private SimulationRun finished(long seed, Choices choices, Patience waits) {
        Plan plan = Plan.of(seed);
        try (Run run = new Run(plan, choices, ports, waits)) {
            return new SimulationRun(
                    seed,
                    violation(run),
                    run.world().log(),
                    run.world().coverage(),
                    Duration.between(plan.begin(), run.world().now()),
                    run.taken());
        }
    }
}
