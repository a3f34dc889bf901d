package io.parix.backup.engine.settings;

/**
 * How much is read at once.
 *
 * @param duePage jobs that one look for due work takes from the catalog, 1 to 1,000; default 100
 * @param eventPage events that are taken from the outbox at once, 1 to 1,000; default 100
 * @param basePage earlier backups that an export looks at for one to share with, 1 to 1,000; default 20
 * @param schedulePage schedules that one look for due runs takes from the catalog, 1 to 1,000; default 100
 * @param rebuildPage backups that a rebuild hands to the catalog at once, 1 to 1,000; default 100
 */
public record PageSizes(int duePage, int eventPage, int basePage, int schedulePage, int rebuildPage) {
    /** Checks every bound. */
    public PageSizes {
        Bounds bounds = new Bounds();
        bounds.number("duePage", duePage, 1, 1_000);
        bounds.number("eventPage", eventPage, 1, 1_000);
        bounds.number("basePage", basePage, 1, 1_000);
        bounds.number("schedulePage", schedulePage, 1, 1_000);
        bounds.number("rebuildPage", rebuildPage, 1, 1_000);
        bounds.raise();
    }
}
