package io.parix.backup.catalog.jdbc;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * db-scheduler over our table, with our resolver and our clock, which its builder does not take. It polls, picks, sends signs
 * of life and finds dead deliveries; it never inserts.
 */
final class WakePoller extends Scheduler {
    /** db-scheduler takes a delivery for dead after at least so many missed signs of life. */
    private static final int MISSED = 4;

    /** Never: see {@link RegionTasks#getUnresolvedTaskNames}. */
    private static final Duration DELETE_UNRESOLVED_AFTER = Duration.ofDays(36_500);

    WakePoller(Parts parts, DispatchSettings settings, Threads threads) {
        super(
                parts.clock(),
                repository(parts),
                repository(parts),
                parts.tasks(),
                settings.workers(),
                threads.workers(),
                parts.name(),
                new Waiter(settings.pollEvery(), parts.clock()),
                settings.deadAfter().dividedBy(MISSED),
                MISSED,
                List.of(),
                List.of(),
                PollingStrategyConfig.DEFAULT_FETCH,
                DELETE_UNRESOLVED_AFTER,
                settings.closeWithin(),
                LogLevel.WARN,
                true,
                List.of(),
                threads.poller(),
                threads.keeper());
    }

    /** What it works with. */
    record Parts(Database database, TaskResolver tasks, CatalogClock clock, SchedulerName name) {}

    /** The threads that it runs on. */
    record Threads(ExecutorService workers, ExecutorService poller, ScheduledExecutorService keeper) {}

    private static TaskRepository repository(Parts parts) {
        JdbcCustomization dialect = parts.database().dialect().product() == Dialect.Product.POSTGRESQL
                ? new PostgreSqlJdbcCustomization(false, false)
                : new DefaultJdbcCustomization(false);
        return new JdbcTaskRepository(
                parts.database().source(),
                true,
                dialect,
                WakeTable.NAME,
                parts.tasks(),
                parts.name(),
                Serializer.DEFAULT_JAVA_SERIALIZER,
                false,
                parts.clock());
    }
}
