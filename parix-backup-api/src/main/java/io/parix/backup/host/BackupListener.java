package io.parix.backup.host;

import io.parix.backup.BackupEvent;

/**
 * Hears of what happens (spec J1).
 *
 * <p>Each event arrives at least once, in order per database, after the catalog holds it; a repetition has the same
 * {@link BackupEvent#id()}. An exception is logged once and harms nothing. A listener is called in a thread of its own; one that
 * blocks holds up the events after it and nothing else, but closing the engine waits for it a minute and then interrupts it.
 */
@FunctionalInterface
public interface BackupListener {
    /**
     * Takes one event.
     *
     * @param event what happened
     */
    void on(BackupEvent event);
}
