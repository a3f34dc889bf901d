package io.parix.backup.catalog.jdbc;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a dispatcher between its start and its close. */
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final DispatchSettings settings;
    private final DispatchThreads workerThreads = new DispatchThreads("parix-worker");
    private final DispatchThreads pollerThreads = new DispatchThreads("parix-wakeups");
    private final DispatchThreads keeperThreads = new DispatchThreads("parix-wakeup-keeper");
    private final DispatchThreads timerThreads = new DispatchThreads("parix-timer");
    private final ExecutorService workers;
    private final ExecutorService poller = Executors.newSingleThreadExecutor(pollerThreads);
    private final ScheduledThreadPoolExecutor keeper = new ScheduledThreadPoolExecutor(2, keeperThreads);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, timerThreads);
    private final WakePoller wakeups;

    Running(DispatchSettings settings, Function<WakePoller.Threads, WakePoller> wakeups) {
        this.settings = settings;
        this.workers = Executors.newFixedThreadPool(settings.workers(), workerThreads);
        this.wakeups = wakeups.apply(new WakePoller.Threads(workers, poller, keeper));
    }

    void start(Runnable tick) {
        wakeups.start();
        var unused = timer.scheduleWithFixedDelay(
                () -> guarded(tick), 0, settings.tickEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks for due wake-ups now. */
    void poll() {
        wakeups.triggerCheckForDueExecutions();
    }

    void close() {
        timerThreads.end(timer, settings.closeWithin());
        wakeups.stop();
        workerThreads.end(workers, Duration.ZERO);
        pollerThreads.end(poller, Duration.ZERO);
        keeperThreads.end(keeper, Duration.ZERO);
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            // Whatever a host's or a provider's code throws: a timer that it ended would never look again.
            LOG.error("A tick failed; the next one tries again", e);
        }
    }
}
