package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the author of a dispatcher gives the suite. Each method is called by the test's own thread. */
public interface DispatchFixture {
    /**
     * Makes a dispatcher in which nothing waits. It ticks often: every 10 ms to 100 ms.
     *
     * @return a dispatcher that was not started; the test closes it
     * @throws Exception when it cannot be made
     */
    Dispatcher dispatcher() throws Exception;

    /**
     * Makes another process' dispatcher over the same wake-ups.
     *
     * @param first from {@link #dispatcher}
     * @return a dispatcher that was not started, or empty where wake-ups end with their process
     * @throws Exception when it cannot be made
     */
    default Optional<Dispatcher> another(Dispatcher first) throws Exception {
        return Optional.empty();
    }

    /** {@return the time on the catalog's clock} */
    Instant now();

    /**
     * Lets a dispatcher that has no threads of its own deliver what is due, and tick. Others do so by themselves.
     *
     * @param dispatcher from {@link #dispatcher} or {@link #another}
     */
    default void settle(Dispatcher dispatcher) {}

    /** {@return how long to wait for what must happen} */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }

    /**
     * Looks for what a dispatcher leaves behind.
     *
     * @return the threads that live now; all, unless a fixture can tell those that others make meanwhile, as a pool of connections does
     */
    default Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
