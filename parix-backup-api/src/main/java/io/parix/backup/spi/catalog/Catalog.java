package io.parix.backup.spi.catalog;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.GaugeReading;
import io.parix.backup.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable rows behind every job.
 *
 * <p>Each method is one transaction, durable when it returns. Safe for concurrent calls from many processes. Instants have
 * microseconds. A method that cannot tell whether it happened raises {@link io.parix.backup.spi.ProviderException} of kind
 * {@link io.parix.backup.spi.ErrorKind#OUTCOME_UNKNOWN}; every one may be repeated.
 */
public interface Catalog {
    /** {@return the catalog's clock, which judges every lease} */
    Instant now();

    /**
     * Names this installation: a random id that the catalog makes once, when it is new, and keeps (spec J4).
     *
     * @return the id, 32 lower-case hexadecimal digits
     */
    String installation();

    /**
     * Inserts a job under the one-active-workflow constraint of its database (spec A3), or finds the one that its
     * idempotency key made before (spec A4). One of a kind that occupies nothing is inserted whatever is active, and is found
     * where its id is there already.
     *
     * @param job the job
     * @return created, existing or occupied; of callers that race, exactly one gets created
     */
    Inserted insert(NewJob job);

    /**
     * Looks a job up.
     *
     * @param id the job
     * @return its row, or empty
     */
    Optional<JobRecord> find(String id);

    /**
     * Looks several jobs up at once.
     *
     * @param ids at most 1,000
     * @return the rows of those that there are, in order of id by code point
     */
    List<JobRecord> find(Set<String> ids);

    /**
     * Looks up the job that an idempotency key made (spec A4).
     *
     * @param database whose
     * @param kind of which kind
     * @param key the key
     * @return its row, or empty when the key is new
     */
    Optional<JobRecord> keyed(DatabaseId database, JobKind kind, String key);

    /**
     * Takes the lease on a job that nobody holds a live lease on, with the next fencing token of its database: the last one
     * plus one, or the catalog's clock in microseconds since 1970, whichever is higher. So a catalog that was lost and rebuilt
     * still issues higher tokens than before.
     *
     * @param seen the row as last read
     * @param worker the worker, unique per process start
     * @param lease how long the lease lives unless it is renewed
     * @return the row with the claim, one version on
     * @throws CatalogConflictException when the row has moved on or its lease is live
     */
    JobRecord claim(JobRecord seen, String worker, Duration lease);

    /**
     * Renews the lease and shows progress. Does not change the version.
     *
     * @param held the row as this worker claimed or last wrote it
     * @param lease how long the lease lives from now
     * @param progress what the step reports
     * @throws CatalogConflictException when another claim has a higher fence
     */
    void heartbeat(JobRecord held, Duration lease, StepProgress progress);

    /**
     * Moves a job one step on. The claim goes with the row: a row whose {@code lookAgainAt} is null or in the future, and one
     * that has ended, is let go of. A job that has ended gives its slot back.
     *
     * @param write the row, the events and the segments, in one transaction, in which the write's conditions hold
     * @return the row as written, one version on
     * @throws CatalogConflictException when the row has another version or fence, or a condition does not hold
     */
    JobRecord write(JobWrite write);

    /**
     * Lists jobs that are due and not under a live lease, longest due first; behind them, where it is asked for, those that a clock
     * which was ahead has put off.
     *
     * @param query of which regions, and how many
     * @return their rows
     */
    List<JobRecord> due(DueQuery query);

    /**
     * Lists a database's jobs, newest first.
     *
     * @param query which
     * @return their rows
     */
    List<JobRecord> history(HistoryQuery query);

    /**
     * Names what holds a database's slot (spec A3).
     *
     * @param database whose
     * @return the workflow, or empty when the slot is free
     */
    Optional<Workflow> occupant(DatabaseId database);

    /**
     * Takes the slot for a workflow of the host's own: provisioning, import, decommission (spec A3). Taking it again with the
     * same kind and owner succeeds.
     *
     * @param database whose
     * @param workflow what will hold it
     * @return what held it instead, or empty when it is taken
     */
    Optional<Workflow> acquire(DatabaseId database, Workflow workflow);

    /**
     * Gives a slot back that {@link #acquire} took. Giving back what is not held does nothing.
     *
     * @param database whose
     * @param workflow what held it
     */
    void release(DatabaseId database, Workflow workflow);

    /**
     * Lists the backups whose commit is decided and that need a segment (spec C12).
     *
     * @param database whose
     * @param segment the segment's name, as handed in with {@link JobWrite#segments()}
     * @return the ids of the backups
     */
    List<String> needing(DatabaseId database, String segment);

    /**
     * Lists the segments that a backup needs and no other job of its database does: what nothing else keeps once it goes.
     *
     * @param job the backup's id
     * @return the segments' names, as handed in with {@link JobWrite#segments()}, in order; none for a job that is not there
     */
    List<String> unshared(String job);

    /**
     * Adds up what backups of a database take in storage (spec D4, H9).
     *
     * @param database whose
     * @param jobs the backups' ids, at most 10,000; those of other databases and unknown ones count nothing
     * @return the bytes of their segments
     */
    SegmentBytes segmentBytes(DatabaseId database, Set<String> jobs);

    /**
     * Removes a job that has ended, with its idempotency key and its need of segments (spec H3). Its id and its key are free
     * again.
     *
     * @param seen the row as last read, of a status that has ended
     * @param events what this is; written to the outbox in the same transaction
     * @throws CatalogConflictException when the row has another version, is claimed by another worker, or is not there
     */
    void remove(JobRecord seen, List<BackupEvent> events);

    /**
     * Lists the databases that have jobs, in order of id by code point.
     *
     * @param after the last one of the page before, or null to begin
     * @param limit at most so many, 1 to 1,000
     * @return the databases
     */
    List<DatabaseId> databases(@Nullable DatabaseId after, int limit);

    /**
     * Takes up completed backups that this catalog does not know, with the segments that they need (spec C11). A job whose
     * id is there already is left alone, whatever it is. No event is made and no slot is taken.
     *
     * @param jobs the backups, at most 1,000
     * @return the ids of those that were new
     */
    Set<String> adopt(List<AdoptedJob> jobs);

    /**
     * Looks a database's schedule up (spec G1).
     *
     * @param database whose
     * @return its row, or empty
     */
    Optional<ScheduleRecord> schedule(DatabaseId database);

    /**
     * Makes a schedule, or moves it one step on, with the job that its run becomes (spec G4). Of nodes that write the same
     * version one does, so each run happens once.
     *
     * @param write the row, the job and the events, in one transaction
     * @return written, moved or occupied; in the last two nothing was written
     * @throws CatalogConflictException when the job's id is that of one that has ended
     */
    ScheduleAnswer write(ScheduleWrite write);

    /**
     * Removes a schedule.
     *
     * @param seen the row as last read
     * @return whether it was removed; not when it is at another version or gone
     */
    boolean unschedule(ScheduleRecord seen);

    /**
     * Lists schedules that are to be looked at by now, the first look first: those whose run is due and was not postponed.
     * Behind them come those that are to be looked at later than {@link ScheduleRecord#FURTHEST} from now: a clock was ahead when they
     * were planned.
     *
     * @param limit at most so many, 1 to 1,000
     * @return their rows
     */
    List<ScheduleRecord> dueSchedules(int limit);

    /**
     * Looks a setting up.
     *
     * @param name its name
     * @return its row, or empty
     */
    Optional<SettingRecord> setting(String name);

    /**
     * Makes a setting, or changes it. Of those who write the same version one does.
     *
     * @param next the row as it shall be, carrying the version that it was read with; 0 for a new one
     * @return the row as written, one version on; empty when another version is there, and then nothing was written
     */
    Optional<SettingRecord> write(SettingRecord next);

    /**
     * Lists events that no listener has taken yet, oldest first.
     *
     * @param limit at most so many, 1 to 1,000
     * @return the events
     */
    List<BackupEvent> undelivered(int limit);

    /**
     * Takes an event off the outbox. Repeating it does nothing.
     *
     * @param event the event's id
     */
    void delivered(String event);

    /**
     * Counts what those who operate this installation watch (spec J1): a constant number of statements, whose parts need not be of
     * the very same instant.
     *
     * @param lateAfter from when on a database without a backup counts as late, more than zero
     * @return the reading as of now
     */
    GaugeReading gauges(Duration lateAfter);
}
