package io.parix.backup.engine.doctor;

import io.parix.backup.engine.dispatch.EngineThreads;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does something several times at once, in threads of its own that are gone when it has ended. */
final class AtOnce {
    static final int THREADS = 4;

    private final String what;

    /**
     * Starts no thread yet.
     *
     * @param what is done, for messages
     */
    AtOnce(String what) {
        this.what = what;
    }

    /** What came of each, in order; the error of the first that ended by one. */
    <T> List<T> run(List<Callable<T>> works) {
        EngineThreads threads = new EngineThreads("parix-doctor");
        ExecutorService pool = Executors.newFixedThreadPool(THREADS, threads);
        boolean interrupted = false;
        try {
            List<Future<T>> going = new ArrayList<>();
            works.forEach(work -> going.add(pool.submit(work)));
            List<T> ended = new ArrayList<>();
            for (Future<T> each : going) {
                ended.add(each.get());
            }
            return ended;
        } catch (InterruptedException e) {
            interrupted = true;
            pool.shutdownNow();
            throw new ProviderException(ErrorKind.CANCELLED, what + " was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new ProviderException(ErrorKind.UNAVAILABLE, what + " broke off: " + e.getCause(), e);
        } finally {
            // An interrupt waits for it, too: what is still written is otherwise removed too early.
            threads.end(pool);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
