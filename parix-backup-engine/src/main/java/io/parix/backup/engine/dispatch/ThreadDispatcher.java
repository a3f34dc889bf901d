package io.parix.backup.engine.dispatch;

import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups by threads of this process: one timer, and as many workers as jobs may run at once.
 *
 * <p>A job that is asked for while it is being looked at is looked at once more. No thread lives before {@link #start}, none
 * after {@link #close}. A wake-up of a region that is not served here is dropped: where it is served, the tick finds the job.
 */
public final class ThreadDispatcher implements Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadDispatcher.class);

    private final EngineThreads workerThreads = new EngineThreads("parix-worker");
    private final EngineThreads timerThreads = new EngineThreads("parix-timer");
    private final int workers;
    private final Duration tickEvery;
    private final InstantSource clock;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private Set<String> regions = Set.of();
    private @Nullable ScheduledThreadPoolExecutor timer;
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
    public synchronized void start(Set<String> served, Consumer<String> look, Runnable tick) {
        regions = Set.copyOf(served);
        worker = look;
        pool = Executors.newFixedThreadPool(workers, workerThreads);
        timer = new ScheduledThreadPoolExecutor(1, timerThreads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var unused = timer.scheduleWithFixedDelay(() -> guarded(tick), 0, tickEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void wake(Wake wake) {
        boolean served = regions.isEmpty() || regions.contains(wake.region());
        if (timer == null || timer.isShutdown() || !served) {
            return;
        }
        long delay = Math.max(0, Duration.between(clock.instant(), wake.at()).toMillis());
        var unused = timer.schedule(() -> hand(wake.job()), delay, TimeUnit.MILLISECONDS);
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
        } catch (Throwable e) {
            // Whatever a host's or a provider's code throws: a timer that it ended would never look again.
            LOG.error("A wake-up failed; the next one tries again", e);
        }
    }

    @Override
    public void close() {
        ExecutorService timing;
        ExecutorService working;
        synchronized (this) {
            if (timer == null || pool == null) {
                return;
            }
            timing = timer;
            working = pool;
            timing.shutdown();
            working.shutdown();
        }
        timerThreads.end(timing);
        workerThreads.end(working);
    }
}
