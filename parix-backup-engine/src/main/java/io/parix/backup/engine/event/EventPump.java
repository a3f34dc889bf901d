package io.parix.backup.engine.event;

import io.parix.backup.BackupEvent;
import io.parix.backup.host.BackupListener;
import io.parix.backup.spi.catalog.Catalog;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the catalog's outbox to the listener: at least once, in order. A listener that throws has had its event.
 *
 * <p>The listener has a thread to itself, so one that blocks holds up nothing but its own events (spec J1). Safe for concurrent
 * calls.
 */
public final class EventPump {
    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

    private final Catalog catalog;
    private final BackupListener listener;
    private final int page;
    private final Executor executor;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ReentrantLock pumping = new ReentrantLock();

    /**
     * Pumps nothing yet.
     *
     * @param catalog whose outbox
     * @param listener who hears
     * @param page how many events are taken at once, 1 to 1,000
     * @param executor lends the thread that the listener is called in
     */
    public EventPump(Catalog catalog, BackupListener listener, int page, Executor executor) {
        this.executor = executor;
        this.page = page;
        this.catalog = catalog;
        this.listener = listener;
    }

    /** Sees to it that what is in the outbox now is delivered; returns before it is, unless the executor is the caller's thread. */
    public void pump() {
        if (!asked.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> {
                asked.set(false);
                deliverAll();
            });
        } catch (RejectedExecutionException e) {
            // Not started, or closing: the events stay in the outbox for the next pump.
            asked.set(false);
        }
    }

    private void deliverAll() {
        try {
            deliverPages();
        } catch (RuntimeException e) {
            LOG.warn("Events could not be delivered; the next pump tries again", e);
        }
    }

    private void deliverPages() {
        // A listener that calls the services comes back here; it must not be handed the event that it is being handed.
        if (pumping.isHeldByCurrentThread() || !pumping.tryLock()) {
            return;
        }
        try {
            List<BackupEvent> events = catalog.undelivered(page);
            while (!events.isEmpty()) {
                events.forEach(this::deliver);
                events = catalog.undelivered(page);
            }
        } finally {
            pumping.unlock();
        }
    }

    private void deliver(BackupEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            // Whatever it is: an event that stayed would be handed out again for ever, before all others.
            LOG.warn("Listener {} failed on event {}", listener.getClass().getName(), event.id(), e);
        }
        catalog.delivered(event.id());
    }
}
