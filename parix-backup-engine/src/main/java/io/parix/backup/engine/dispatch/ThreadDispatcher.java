package io.parix.backup.engine.dispatch;

import io.parix.backup.spi.catalog.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups by threads of this process: one timer, and as many workers as jobs may run at once.
 *
 * <p>A job that is asked for while it is being looked at is looked at once more. No thread lives before {@link #start}, none
 * after {@link #close}.
 */
public final class ThreadDispatcher implements Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadDispatcher.class);
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private final int workers;
    private final Duration tickEvery;
    private final InstantSource clock;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService pool;
    private @Nullable Consumer<String> worker;

    /**
     * Starts nothing yet.
     *
     * @param workers how many jobs may run at once, 1 or more
     * @param tickEvery how often to look for what nobody woke
     * @param clock the catalog's clock
     */
    public ThreadDispatcher(int workers, Duration tickEvery, InstantSource clock) {
        this.workers = workers;
        this.tickEvery = tickEvery;
        this.clock = clock;
    }

    @Override
    public synchronized void start(Consumer<String> look, Runnable tick) {
        worker = look;
        pool = Executors.newFixedThreadPool(workers, named("parix-worker"));
        timer = Executors.newSingleThreadScheduledExecutor(named("parix-timer"));
        var unused = timer.scheduleWithFixedDelay(() -> guarded(tick), 0, tickEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void wake(String job, Instant at) {
        if (timer == null || timer.isShutdown()) {
            return;
        }
        long delay = Math.max(0, Duration.between(clock.instant(), at).toMillis());
        var unused = timer.schedule(() -> hand(job), delay, TimeUnit.MILLISECONDS);
    }

    private synchronized void hand(String job) {
        if (pool != null && !pool.isShutdown() && waiting.add(job)) {
            pool.execute(() -> {
                waiting.remove(job);
                guarded(() -> look(job));
            });
        }
    }

    private void look(String job) {
        if (worker != null) {
            worker.accept(job);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("A wake-up failed; the next one tries again", e);
        }
    }

    @Override
    public void close() {
        ExecutorService stopping;
        synchronized (this) {
            if (timer == null || pool == null) {
                return;
            }
            timer.shutdownNow();
            pool.shutdown();
            stopping = pool;
        }
        await(stopping);
    }

    private static void await(ExecutorService stopping) {
        try {
            if (!stopping.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.shutdownNow();
                LOG.warn("A job did not stop within {}; it was interrupted and another worker carries on", CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
