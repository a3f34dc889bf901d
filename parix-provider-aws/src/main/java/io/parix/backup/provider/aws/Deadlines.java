package io.parix.backup.provider.aws;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends readings whose time is up: the SDK's deadline ends with the headers of an answer, and a body that is silent is waited for as
 * long as a connection may be. One thread, which the first reading starts and closing ends. Safe for concurrent calls.
 */
final class Deadlines implements AutoCloseable {
    private @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /** A deadline that may be lifted. */
    @FunctionalInterface
    interface Deadline {
        /** Lifts it; repeating it does nothing. */
        void lift();
    }

    /**
     * Sets a deadline.
     *
     * @param after when
     * @param end what then happens, at once where this has been closed
     * @return for lifting it
     */
    Deadline in(Duration after, Runnable end) {
        ScheduledThreadPoolExecutor running = timer();
        if (running != null) {
            try {
                var planned = running.schedule(end, millis(after), TimeUnit.MILLISECONDS);
                return () -> planned.cancel(false);
            } catch (RejectedExecutionException e) {
                // Closed in between.
            }
        }
        end.run();
        return () -> {};
    }

    /** {@return a duration in milliseconds, rounded so that by then it has passed} */
    static long millis(Duration duration) {
        return Math.max(0, duration.toMillis()) + 2;
    }

    private synchronized @Nullable ScheduledThreadPoolExecutor timer() {
        if (timer == null && !closed) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, Deadlines::thread);
            made.setRemoveOnCancelPolicy(true);
            timer = made;
        }
        return timer;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "parix-aws-deadlines");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
