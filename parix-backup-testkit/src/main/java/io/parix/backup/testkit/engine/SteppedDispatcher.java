package io.parix.backup.testkit.engine;

import io.parix.backup.spi.catalog.Dispatcher;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher without threads: the test says when something happens. Jobs run in the calling thread. For one thread.
 */
public final class SteppedDispatcher implements Dispatcher {
    private record Wake(Instant at, long order, String job) {}

    private final VirtualClock clock;
    private final PriorityQueue<Wake> wakes =
            new PriorityQueue<>(Comparator.comparing(Wake::at).thenComparing(Wake::order));
    private long orders;
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
    public void start(Consumer<String> look, Runnable tick) {
        worker = look;
        ticker = tick;
    }

    @Override
    public void wake(String job, Instant at) {
        wakes.add(new Wake(at, orders++, job));
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
        Wake next = wakes.peek();
        if (next == null || next.at().isAfter(clock.instant())) {
            return false;
        }
        wakes.remove();
        if (worker != null) {
            worker.accept(next.job());
        }
        return true;
    }

    /** Delivers all wake-ups, moving the clock on to each, until none is left; at most 10,000. */
    public void runUntilQuiet() {
        for (int i = 0; i < 10_000; i++) {
            Optional<Instant> next = Optional.ofNullable(wakes.peek()).map(Wake::at);
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
