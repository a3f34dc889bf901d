package io.parix.backup.host;

import io.parix.backup.BackupEvent;

/**
 * Hears of what happens (spec J1).
 *
 * <p>Each event arrives at least once, in order per database, after the catalog holds it; a repetition has the same
 * {@link BackupEvent#id()}. An exception is logged once and harms nothing. A listener
 * that blocks holds up the wake-ups of its engine, so long work belongs on a thread of the host's own.
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
