package io.parix.backup.provider.aws;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends readings whose time is up: the SDK's deadline ends with the headers of an answer, and a body that is silent is waited for as
 * long as a connection may be. By the timer that the JDK has for its futures, so that no thread of ours has to end.
 */
final class Deadlines {
    private Deadlines() {}

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
     * @param end what then happens; must not block, for others use the timer, too
     * @return for lifting it
     */
    static Deadline in(Duration after, Runnable end) {
        CompletableFuture<Boolean> timer =
                new CompletableFuture<Boolean>().completeOnTimeout(true, millis(after), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> ending = timer.thenAccept(passed -> end.run());
        return () -> {
            // Ended otherwise it accepts nothing, and the timer forgets it.
            timer.cancel(false);
            ending.cancel(false);
        };
    }

    /** Rounded so that by then it has passed. */
    private static long millis(Duration duration) {
        return Math.max(0, duration.toMillis()) + 2;
    }
}
