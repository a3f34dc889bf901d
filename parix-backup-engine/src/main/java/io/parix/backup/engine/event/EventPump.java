package io.parix.backup.engine.event;

import io.parix.backup.BackupEvent;
import io.parix.backup.host.BackupListener;
import io.parix.backup.spi.catalog.Catalog;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the catalog's outbox to the listener: at least once, in order. A listener that throws has had its event.
 *
 * <p>Safe for concurrent calls; one of them pumps, the others return.
 */
public final class EventPump {
    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

    private final Catalog catalog;
    private final BackupListener listener;
    private final int page;
    private final ReentrantLock pumping = new ReentrantLock();

    /**
     * Pumps nothing yet.
     *
     * @param catalog whose outbox
     * @param listener who hears
     * @param page how many events are taken at once, 1 to 1,000
     */
    public EventPump(Catalog catalog, BackupListener listener, int page) {
        this.page = page;
        this.catalog = catalog;
        this.listener = listener;
    }

    /** Delivers what is in the outbox now. */
    public void pump() {
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
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn("Listener {} failed on event {}", listener.getClass().getName(), event.id(), e);
        }
        catalog.delivered(event.id());
    }
}
