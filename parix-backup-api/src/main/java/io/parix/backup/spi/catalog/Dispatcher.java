package io.parix.backup.spi.catalog;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * At-least-once wake-ups: "look at job N". A wake-up carries no state, for the catalog is the truth; one that is lost is
 * made again by the engine's reconciler.
 */
public interface Dispatcher extends AutoCloseable {
    /**
     * Begins to deliver wake-ups. Called once, before any {@link #wake}.
     *
     * @param regions the regions that this worker serves; empty for all. A wake-up of another region is never delivered
     *     here; where several processes share the dispatcher, one that serves it gets it
     * @param worker looks at a job; it may be called concurrently and does not throw
     * @param tick looks for whatever is due and nobody looks at; called every now and then, never concurrently
     */
    void start(Set<String> regions, Consumer<String> worker, Runnable tick);

    /**
     * Asks for a look at a job. Of several wake-ups for one job the earliest counts. A job that is asked for while it is
     * looked at is looked at once more.
     *
     * @param wake which job, where and when
     */
    void wake(Wake wake);

    /**
     * Tells when another process takes over the wake-ups that one was delivered that gives no sign of life: after so long, and half as long
     * again at most. An engine is not built whose lease is shorter, for its jobs would wait longer than their leases last.
     *
     * @return how long, more than zero; empty where no other process takes anything over
     */
    default Optional<Duration> deadAfter() {
        return Optional.empty();
    }

    /** Stops delivering; returns when no worker runs any more. Repeating it does nothing. */
    @Override
    void close();
}
