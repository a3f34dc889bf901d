package io.parix.backup.engine.schedule;

import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the runs that have come due. Every node may have one, and one that serves other regions as well: a run's job carries
 * the region of its database, and is run where that is served. Safe for concurrent calls.
 */
public final class SchedulePoller {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulePoller.class);

    private final IntakeParts parts;
    private final RunStarter starter;
    private final BooleanSupplier closing;
    private final Executor executor;
    private final AtomicBoolean polling = new AtomicBoolean();

    /**
     * Starts nothing yet.
     *
     * @param parts what it works with
     * @param closing whether to stop between two databases
     * @param executor lends the thread that the host's directory and storage are asked in
     */
    public SchedulePoller(IntakeParts parts, BooleanSupplier closing, Executor executor) {
        this.executor = executor;
        this.parts = parts;
        this.starter = new RunStarter(parts);
        this.closing = closing;
    }

    /**
     * Sees to it that a page of schedules is dealt with, the longest due first, one page at a time. Raises nothing: what fails is tried
     * again. Returns before, unless the executor is the caller's thread: a host that is slow to answer holds up nothing else.
     */
    public void tick() {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::poll);
        } catch (RejectedExecutionException e) {
            // Not started, or closing: where a node is open the runs are still due.
            polling.set(false);
        }
    }

    private void poll() {
        try {
            List<ScheduleRecord> due =
                    parts.catalog().dueSchedules(parts.settings().pages().schedulePage());
            due.stream().takeWhile(row -> !closing.getAsBoolean()).forEach(this::deal);
            if (!due.isEmpty()) {
                parts.events().pump();
            }
        } catch (RuntimeException e) {
            LOG.warn("Looking for due schedules was broken off; it is done again", e);
        } finally {
            polling.set(false);
        }
    }

    private void deal(ScheduleRecord row) {
        try {
            starter.deal(row);
        } catch (Throwable e) {
            // Whatever the host's code throws, an Error of any kind or what it need not declare.
            LOG.warn("The schedule of {} could not be dealt with; it is looked at again later", row.database(), e);
            postpone(row);
        }
    }

    /** One that fails goes behind the others: it would come first at each look, and a page of such ones would stop all. */
    private void postpone(ScheduleRecord row) {
        try {
            starter.postpone(row);
        } catch (RuntimeException e) {
            LOG.warn("The schedule of {} could not be postponed", row.database(), e);
        }
    }
}
