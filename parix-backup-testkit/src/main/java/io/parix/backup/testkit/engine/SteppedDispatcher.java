package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher without threads: the test says when something happens. Jobs run in the calling thread. For one thread.
 */
public final class SteppedDispatcher implements Dispatcher {
    private record Queued(Wake wake, long order) {
        Instant at() {
            return wake.at();
        }
    }

    private final VirtualClock clock;
    private final PriorityQueue<Queued> wakes =
            new PriorityQueue<>(Comparator.comparing(Queued::at).thenComparing(Queued::order));
    private long orders;
    private Set<String> regions = Set.of();
    private @Nullable Consumer<String> worker;
    private @Nullable Runnable ticker;

    /**
     * Wakes nobody yet.
     *
     * @param clock the catalog's clock
     */
    public SteppedDispatcher(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public void start(Set<String> served, Consumer<String> look, Runnable tick) {
        regions = Set.copyOf(served);
        worker = look;
        ticker = tick;
    }

    @Override
    public void wake(Wake wake) {
        if (regions.isEmpty() || regions.contains(wake.region())) {
            wakes.add(new Queued(wake, orders++));
        }
    }

    /** Runs the reconciler once, as a timer would. */
    public void tick() {
        if (ticker != null) {
            ticker.run();
        }
    }

    /**
     * Delivers the next wake-up that is due.
     *
     * @return whether there was one
     */
    public boolean runNext() {
        Queued next = wakes.peek();
        if (next == null || next.at().isAfter(clock.instant())) {
            return false;
        }
        wakes.remove();
        if (worker != null) {
            worker.accept(next.wake().job());
        }
        return true;
    }

    /**
     * Delivers the wake-ups that are due now, and those that come due meanwhile. The clock is not moved.
     *
     * @throws IllegalStateException when more are due after 10,000 of them
     */
    public void runDue() {
        for (int i = 0; i < 10_000; i++) {
            if (!runNext()) {
                return;
            }
        }
        throw new IllegalStateException("Still due after 10,000 wake-ups: " + wakes.peek());
    }

    /**
     * Delivers all wake-ups, moving the clock on to each, until none is left.
     *
     * @throws IllegalStateException when some are left after 10,000 of them
     */
    public void runUntilQuiet() {
        for (int i = 0; i < 10_000; i++) {
            Optional<Instant> next = Optional.ofNullable(wakes.peek()).map(Queued::at);
            if (next.isEmpty()) {
                return;
            }
            clock.advanceTo(next.get());
            runNext();
        }
        throw new IllegalStateException("Not quiet after 10,000 wake-ups; next: " + wakes.peek());
    }

    /** Forgets all wake-ups, as a process that dies does. */
    public void loseAll() {
        wakes.clear();
    }

    @Override
    public void close() {
        worker = null;
        ticker = null;
    }
}
