/**
 * When a schedule runs, and what becomes of runs that nobody made in time (spec G).
 *
 * <p>Doors: {@link io.parix.backup.core.schedule.RunCalendar} for the runs of a schedule,
 * {@link io.parix.backup.core.schedule.DueRuns} for those that have come due.
 */
@NullMarked
package io.parix.backup.core.schedule;

import org.jspecify.annotations.NullMarked;
