package io.parix.backup.spi.catalog;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * At-least-once wake-ups: "look at job N". A wake-up carries no state, for the catalog is the truth; one that is lost is
 * made again by the engine's reconciler.
 */
public interface Dispatcher extends AutoCloseable {
    /**
     * Begins to deliver wake-ups. Called once, before any {@link #wake}.
     *
     * @param worker looks at a job; it may be called concurrently and does not throw
     * @param tick looks for whatever is due and nobody looks at; called every now and then, never concurrently
     */
    void start(Consumer<String> worker, Runnable tick);

    /**
     * Asks for a look at a job.
     *
     * @param job its id
     * @param at not before this instant, on the catalog's clock
     */
    void wake(String job, Instant at);

    /** Stops delivering; returns when no worker runs any more. Repeating it does nothing. */
    @Override
    void close();
}
