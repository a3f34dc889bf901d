package io.parix.backup.catalog.jdbc;

import com.github.kagkarlsson.scheduler.SchedulerName;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups as rows of the catalog's database, delivered by db-scheduler to one of the processes that serve the job's region.
 *
 * <p>They outlive every process. One that was delivered to a process that died, or that hangs in a look at a job that is
 * asked for again, is delivered again after {@link DispatchSettings#deadAfter()} and half as long again at most. A wake-up that the database does not take is dropped, for the tick finds the job. No
 * thread lives before {@link #start}, none after {@link #close}. Safe for concurrent calls.
 */
public final class JdbcDispatcher implements Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDispatcher.class);
    private static final int TRIES = 5;

    private final JdbcCatalog catalog;
    private final DispatchSettings settings;
    private @Nullable Running running;

    /**
     * Starts nothing yet.
     *
     * @param catalog on whose database the wake-ups are kept
     * @param settings the limits
     */
    public JdbcDispatcher(JdbcCatalog catalog, DispatchSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    @Override
    public synchronized void start(Set<String> regions, Consumer<String> worker, Runnable tick) {
        CatalogClock clock = new CatalogClock(catalog);
        Deliveries deliveries = new Deliveries(catalog.database(), clock, worker);
        RegionTasks tasks = new RegionTasks(regions, clock, deliveries::task);
        SchedulerName name =
                new SchedulerName.Fixed("process " + ProcessHandle.current().pid());
        WakePoller.Parts parts = new WakePoller.Parts(catalog.database(), tasks, clock, name);
        Running begun = new Running(settings, threads -> new WakePoller(parts, settings, threads));
        running = begun;
        begun.start(() -> {
            clock.sample();
            takeFromSlow(clock.now());
            tick.run();
        });
    }

    private void takeFromSlow(Instant now) {
        int taken = database()
                .run(
                        "deliver wake-ups again",
                        session -> WakeTable.takeFromSlow(session, now.minus(settings.deadAfter())));
        if (taken > 0) {
            LOG.info(
                    "{} wake-ups were asked for again and are still being looked at; they are delivered once more",
                    taken);
        }
    }

    @Override
    public void wake(Wake wake) {
        try {
            record(wake);
            poll();
        } catch (ProviderException e) {
            LOG.warn("The wake-up of job {} is left to the tick", wake.job(), e);
        }
    }

    private void record(Wake wake) {
        String what = "wake job " + wake.job();
        for (int i = 0; i < TRIES; i++) {
            try {
                boolean there = database().run(what, session -> WakeTable.move(session, wake));
                if (there || database().tryInsert(what, session -> WakeTable.insert(session, wake)) > 0) {
                    return;
                }
            } catch (SQLIntegrityConstraintViolationException e) {
                LOG.trace("Somebody else woke job {} at the same time", wake.job(), e);
            }
        }
        LOG.debug("The wake-up of job {} is left to the tick: it came and went too often", wake.job());
    }

    private Database database() {
        return catalog.database();
    }

    private synchronized void poll() {
        if (running != null) {
            running.poll();
        }
    }

    @Override
    public Optional<Duration> deadAfter() {
        return Optional.of(settings.deadAfter());
    }

    @Override
    public void close() {
        Running ending;
        synchronized (this) {
            ending = running;
            running = null;
        }
        if (ending != null) {
            ending.close();
        }
    }
}
