package io.parix.backup;

/** What those who operate an installation watch, counted in the catalog (spec J1). Safe for concurrent calls. */
public interface Gauges {
    /**
     * Reads all of them at once. What it costs the catalog depends on how many databases have a schedule and how many jobs are
     * active or due, not on the history. For a while an answer, a failure as well, is given again without asking the catalog, so
     * that whoever scrapes every few seconds does not keep it busy; callers at the same time share one answer.
     *
     * @return the reading, no older than the engine's settings allow
     * @throws BackupException when the catalog does not answer, or as long as a failure is remembered: then nothing is known,
     *     which is not zero
     */
    GaugeReading read();
}
