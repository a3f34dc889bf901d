package io.parix.backup.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run that is over. Its log and its decisions stay what they are; {@link #coverage()} is the run's own, and not safe for concurrent use. */
public final class SimulationRun {
    private final long seed;
    private final @Nullable Violation violation;
    private final List<String> log;
    private final Coverage coverage;
    private final Duration time;
    private final NavigableMap<Long, Integer> taken;
    private final @Nullable String notShorter;

    SimulationRun(
            long seed,
            @Nullable Violation violation,
            List<String> log,
            Coverage coverage,
            Duration time,
            NavigableMap<Long, Integer> taken) {
        this.seed = seed;
        this.violation = violation;
        this.log = List.copyOf(log);
        this.coverage = coverage;
        this.time = time;
        this.taken = taken;
        this.notShorter = null;
    }

    private SimulationRun(SimulationRun run, String notShorter) {
        this.seed = run.seed;
        this.violation = run.violation;
        this.log = run.log;
        this.coverage = run.coverage;
        this.time = run.time;
        this.taken = run.taken;
        this.notShorter = notShorter;
    }

    /** The same run, which was not made shorter any further. */
    SimulationRun notShorter(String why) {
        return new SimulationRun(this, why);
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /** {@return the invariant that did not hold, where one did not} */
    public Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** {@return what happened, in order: moves of jobs, and everything out of the ordinary} */
    public List<String> log() {
        return log;
    }

    /** {@return what was met} */
    public Coverage coverage() {
        return coverage;
    }

    /** {@return how much virtual time has passed} */
    public Duration time() {
        return time;
    }

    /** {@return why it was not made shorter any further, where it was made shorter and that was given up} */
    public Optional<String> notShorter() {
        return Optional.ofNullable(notShorter);
    }

    NavigableMap<Long, Integer> taken() {
        return taken;
    }
}
