/**
 * When a schedule runs, what becomes of runs that nobody made in time, and what is known of it afterwards (spec G).
 *
 * <p>Doors: {@link io.parix.backup.core.schedule.RunCalendar} for the runs of a schedule,
 * {@link io.parix.backup.core.schedule.DueRuns} for those that have come due,
 * {@link io.parix.backup.core.schedule.ScheduleState} for what is kept, and
 * {@link io.parix.backup.core.schedule.SkipReasons} for why a run was not started.
 */
@NullMarked
package io.parix.backup.core.schedule;

import org.jspecify.annotations.NullMarked;
