package io.parix.backup;

import java.util.Optional;

/**
 * The daily backups of databases (spec G). A database has at most one schedule.
 *
 * <p>No local date has two runs, also when the cadence is changed after the run of the day: the next one is then that of a later
 * date. A local date may pass without one where the zone is changed to one further west. The first run that comes due of a database that
 * was deleted is skipped, and pauses its schedule.
 *
 * <p>Safe for concurrent calls. Any of them may throw {@link FailedException} with {@link ErrorCode#FORMAT_UNKNOWN} when the
 * schedule was written by a newer release, {@link #remove} excepted, and what changes a schedule with
 * {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it meanwhile.
 */
public interface Schedules {
    /**
     * Looks a database's schedule up.
     *
     * @param database the database, which need not exist any more
     * @return the schedule as it is now, or empty when there is none; without a next run where the database was deleted
     */
    Optional<ScheduleCard> card(DatabaseId database);

    /**
     * Makes a database's schedule, or changes its cadence. Nothing runs at once (spec G6): the next run is the first one after
     * now of a date that has not had its run. A schedule that is paused stays paused, and the same cadence again leaves the next
     * run where it is. A run that is due, that no node has dealt with yet and that the new cadence does not bring on the same date counts as
     * missed (spec G4). Which zones and times there are is for {@link Cadence#daily} to refuse.
     *
     * @param database the database
     * @param cadence how often it shall run
     * @param actor who asks; the backups of its runs will name this actor
     * @return the schedule as it is now
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED}, {@link ErrorCode#DATABASE_DELETED}, or
     *     {@link ErrorCode#DATABASE_UNKNOWN} when the host does not know the database now
     */
    ScheduleCard set(DatabaseId database, Cadence cadence, Actor actor);

    /**
     * Stops the runs until {@link #resume} (spec G3); backups that are queued or running go on. A run that is due, and that no node has
     * dealt with yet, does not come any more and counts as missed (spec G4). A schedule that is paused stays as it is.
     *
     * @param database the database, which need not exist any more
     * @param actor who asks
     * @return the schedule as it is now
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no schedule, or {@link ErrorCode#NOT_PERMITTED}
     */
    ScheduleCard pause(DatabaseId database, Actor actor);

    /**
     * Lets a paused schedule run again, from now: what would have run meanwhile is not made up (spec G3). A schedule that is not
     * paused stays as it is.
     *
     * @param database the database
     * @param actor who asks
     * @return the schedule as it is now
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no schedule, or as {@link #set}
     */
    ScheduleCard resume(DatabaseId database, Actor actor);

    /**
     * Removes a database's schedule, with what it remembers of its runs; its backups stay. A run that is due, and that no node has dealt
     * with yet, does not come any more; listeners hear that it was missed (spec G4, J1). Removing what is not there does nothing.
     *
     * @param database the database, which need not exist any more
     * @param actor who asks
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED}
     */
    void remove(DatabaseId database, Actor actor);

    /**
     * Asks for a backup of the schedule at once (spec G3), also while it is paused. The next run stays where it is, and so does
     * the last one. The conditions are those of {@link Backups#request}, and so are the reasons.
     *
     * @param database the database
     * @param actor who asks, and whom the backup names
     * @return the backup, of trigger {@link Trigger#SCHEDULED}, or the reasons why there is none
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when there is no schedule
     */
    BackupAnswer runNow(DatabaseId database, Actor actor);
}
