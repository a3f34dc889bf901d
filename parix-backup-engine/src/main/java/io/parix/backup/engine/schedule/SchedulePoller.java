package io.parix.backup.engine.schedule;

import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.util.List;
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

    /**
     * Starts nothing yet.
     *
     * @param parts what it works with
     * @param closing whether to stop between two databases
     */
    public SchedulePoller(IntakeParts parts, BooleanSupplier closing) {
        this.parts = parts;
        this.starter = new RunStarter(parts);
        this.closing = closing;
    }

    /** Deals with a page of schedules, the longest due first. Raises nothing: what fails is tried again. */
    public void tick() {
        try {
            List<ScheduleRecord> due =
                    parts.catalog().dueSchedules(parts.settings().pages().schedulePage());
            due.stream().takeWhile(row -> !closing.getAsBoolean()).forEach(this::deal);
            if (!due.isEmpty()) {
                parts.events().pump();
            }
        } catch (RuntimeException e) {
            LOG.warn("Looking for due schedules was broken off; it is done again", e);
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
