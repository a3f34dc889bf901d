package io.parix.backup.engine.schedule;

import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the runs that have come due. Every node may have one, and one that serves other regions as well: a run's job carries
 * the region of its database, and is run where that is served. A schedule is taken in hand before the host is asked anything, so a host
 * that does not answer for one database holds up that one on all nodes, and the others on one node. Safe for concurrent calls.
 */
public final class SchedulePoller {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulePoller.class);

    private final IntakeParts parts;
    private final RunStarter starter;
    private final BooleanSupplier closing;
    private final Executor executor;
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicReference<@Nullable ScheduleRecord> inHand = new AtomicReference<>();

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
            keepInHand();
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
            starter.take(row).ifPresent(taken -> {
                inHand.set(taken);
                starter.deal(taken);
            });
        } catch (Throwable e) {
            // Whatever the host's code throws, an Error of any kind or what it need not declare.
            LOG.warn("The schedule of {} could not be dealt with; it is looked at again later", row.database(), e);
        } finally {
            inHand.set(null);
        }
    }

    /** What the host has long been asked about stays in hand: another node would only wait for it, too. */
    private void keepInHand() {
        ScheduleRecord row = inHand.get();
        try {
            if (row != null) {
                inHand.compareAndSet(row, starter.keep(row).orElse(null));
            }
        } catch (RuntimeException e) {
            LOG.warn("The schedule of {} could not be kept in hand; it is tried again", row.database(), e);
        }
    }
}
