package io.parix.backup.catalog.jdbc;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the daemon threads of the dispatcher, and sees them gone at its end. */
final class DispatchThreads implements ThreadFactory {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchThreads.class);
    private static final Duration DYING = Duration.ofSeconds(10);

    private final String name;
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

    DispatchThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        made.add(thread);
        return thread;
    }

    /** Ends a pool of these threads: what runs may end by itself, then it is interrupted. */
    void end(ExecutorService pool, Duration byItself) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(byItself.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
            for (Thread thread : made) {
                thread.join(DYING.toMillis());
                if (thread.isAlive()) {
                    LOG.warn("A thread of {} does not end although it was interrupted; what it looks at hangs", name);
                }
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
