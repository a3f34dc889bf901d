package io.parix.backup.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs seed after seed on some threads, and adds up what they met. For one call.
 */
public final class Seeds {
    /**
     * What came of many seeds.
     *
     * @param runs how many were run
     * @param time the virtual time of all of them
     * @param coverage what they met
     * @param failed the first runs that violated something, at most {@link #MOST_FAILED}, in order of seed
     */
    public record Outcome(long runs, Duration time, Coverage coverage, List<SimulationRun> failed) {}

    /** After so many failed runs no new seed begins. */
    public static final int MOST_FAILED = 5;

    private final Simulation simulation;
    private final AtomicLong next;
    private final long end;
    private final BooleanSupplier enough;
    private final Coverage coverage = new Coverage();
    private final List<SimulationRun> failed = new ArrayList<>();
    private @Nullable IllegalStateException broken;
    private boolean stopped;
    private long runs;
    private Duration time = Duration.ZERO;

    private Seeds(Simulation simulation, long first, long count, BooleanSupplier enough) {
        this.simulation = simulation;
        this.next = new AtomicLong(first);
        this.end = Math.addExact(first, count);
        this.enough = enough;
    }

    /**
     * Runs seeds in order.
     *
     * @param simulation runs them
     * @param first the first seed
     * @param count at most so many, 1 or more
     * @param threads on so many threads, 1 or more
     * @param enough asked before each seed whether to stop; from any of the threads
     * @return what came of them
     * @throws IllegalArgumentException for less than one seed, or one thread: what runs nothing finds nothing
     * @throws ArithmeticException when there are not so many seeds after the first
     * @throws InterruptedException when the calling thread is interrupted; the seeds under way then end by themselves
     * @throws IllegalStateException when a seed could not be run at all, as where a host's own ports cannot be made
     */
    public static Outcome run(Simulation simulation, long first, long count, int threads, BooleanSupplier enough)
            throws InterruptedException {
        if (count < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "Cannot run " + count + " seeds on " + threads + " threads: it takes at least one of each.");
        }
        Seeds seeds = new Seeds(simulation, first, count, enough);
        List<Thread> crew = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread each = new Thread(seeds::work, "seeds-" + i);
            each.setDaemon(true);
            each.start();
            crew.add(each);
        }
        try {
            for (Thread each : crew) {
                each.join();
            }
        } finally {
            seeds.stop();
        }
        return seeds.outcome();
    }

    private synchronized void stop() {
        stopped = true;
    }

    private void work() {
        long seed = next.getAndIncrement();
        while (seed < end && goesOn()) {
            try {
                add(simulation.run(seed));
            } catch (RuntimeException | Error e) {
                breaks(new IllegalStateException("Seed " + seed + " could not be run", e));
            }
            seed = next.getAndIncrement();
        }
    }

    private synchronized void breaks(IllegalStateException e) {
        broken = e;
        stopped = true;
    }

    private synchronized boolean goesOn() {
        return !stopped && failed.size() < MOST_FAILED && !enough.getAsBoolean();
    }

    private synchronized void add(SimulationRun run) {
        runs++;
        time = time.plus(run.time());
        coverage.add(run.coverage());
        if (run.violation().isPresent() && failed.size() < MOST_FAILED) {
            failed.add(run);
        }
    }

    private synchronized Outcome outcome() {
        if (broken != null) {
            throw broken;
        }
        failed.sort(Comparator.comparingLong(SimulationRun::seed));
        return new Outcome(runs, time, coverage, List.copyOf(failed));
    }
}
