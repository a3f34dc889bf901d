package io.parix.backup.provider.gcp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Something about access tokens that takes time, and is done once for all who wait for it: on a thread of its own, the only one at a
 * time, while each of them waits as long as its own call lasts and is wanted. It goes on for the others when one leaves, and is given
 * up when the last one does. Safe for concurrent calls.
 *
 * @param <T> what it gives
 */
final class TokenFetch<T> {
    /** Nobody is told that a caller has given up, so it is looked for as often. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final CurrentCall current;
    private @Nullable Attempt<T> running;

    /** What is done. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T get() throws IOException;
    }

    TokenFetch(CurrentCall current) {
        this.current = current;
    }

    /**
     * Waits for it within the call of this thread.
     *
     * @param work what is done, where it is not under way
     * @return what it gives
     * @throws IOException as it did
     */
    T get(Work<T> work) throws IOException {
        GcpCall call = current.get();
        long begun = System.nanoTime();
        while (true) {
            Attempt<T> attempt = join(work);
            try {
                while (!attempt.endsWithin(LOOK)) {
                    requireTime(call, begun);
                }
            } finally {
                leave(attempt);
            }
            Optional<T> result = attempt.result();
            if (result.isPresent()) {
                return result.get();
            }
            // It was given up for others, before this call came or beside it.
            requireTime(call, begun);
        }
    }

    private static void requireTime(@Nullable GcpCall call, long begun) throws IOException {
        if (call != null) {
            call.check();
        } else if (Thread.currentThread().isInterrupted()
                || System.nanoTime() - begun > TokenTransport.WHOLE.toNanos()) {
            throw new SocketTimeoutException("there is no access token yet");
        }
    }

    private synchronized Attempt<T> join(Work<T> work) {
        Attempt<T> joined = running;
        if (joined == null || joined.task.isDone()) {
            joined = new Attempt<>(work);
            joined.thread.start();
            running = joined;
        }
        joined.waiting++;
        return joined;
    }

    private synchronized void leave(Attempt<T> attempt) {
        attempt.waiting--;
        if (attempt.waiting == 0 && !attempt.task.isDone()) {
            attempt.thread.giveUp();
        }
    }

    /** It being done once. */
    private static final class Attempt<T> {
        private final FutureTask<T> task;
        private final TokenThread thread;
        private int waiting;

        Attempt(Work<T> work) {
            this.task = new FutureTask<>(work::get);
            this.thread = new TokenThread(task);
        }

        boolean endsWithin(Duration time) {
            try {
                T unused = task.get(time.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (ExecutionException e) {
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** {@return what it gave, once it has ended; empty where it failed because it, or one that it shared, was given up} */
        Optional<T> result() throws IOException {
            try {
                return Optional.of(task.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The thread was interrupted.", e);
            } catch (ExecutionException e) {
                return failed(Objects.requireNonNullElse(e.getCause(), e));
            }
        }

        /**
         * The exception is that of another thread, and of all who waited. Google's library has one of its own fetches for whoever shares
         * credentials, so that one which another place or kind of fetch gave up may have failed this one.
         */
        private Optional<T> failed(Throwable cause) throws IOException {
            if (thread.isGivenUp() || TokenThread.isOfGivenUp(cause)) {
                return Optional.empty();
            }
            if (GcpErrors.find(cause, InterruptedException.class).isPresent()) {
                // Not of the thread that waits, which would take it for its own; so it is told of and not handed on.
                throw new IOException("The fetch of an access token was interrupted: " + cause);
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IOException(cause.getMessage(), cause);
        }
    }
}
