package io.parix.backup.engine.dispatch;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the daemon threads of a pool, and sees them gone at its end: a pool that has ended may have one dying still. */
public final class EngineThreads implements ThreadFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThreads.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final String name;
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

    /**
     * Makes none yet.
     *
     * @param name what each is called
     */
    public EngineThreads(String name) {
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

    /**
     * Ends a pool of these threads: what runs may end by itself for a minute, then it is interrupted. Called in one of them, as by a
     * listener that closes the engine, it awaits the others: that one ends when it returns from what it does.
     *
     * @param pool a pool that takes no more work
     */
    public void end(ExecutorService pool) {
        pool.shutdown();
        boolean inside = made.contains(Thread.currentThread());
        try {
            if (!inside && !pool.awaitTermination(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not stop within {}; it is interrupted and another worker carries on", name, LONGEST);
                pool.shutdownNow();
            }
            for (Thread thread : made) {
                if (thread != Thread.currentThread()) {
                    thread.join(LONGEST.toMillis());
                }
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
