/**
 * Between the catalog's flat rows and the states of {@code core.job} and {@code core.schedule}: payloads as versioned JSON, and the views that the api
 * shows. The doors are {@link io.parix.backup.engine.row.BackupRow}, {@link io.parix.backup.engine.row.RestoreRow} and {@link io.parix.backup.engine.row.ScheduleRow}. No
 * other package of the engine knows Jackson.
 */
@NullMarked
package io.parix.backup.engine.row;

import org.jspecify.annotations.NullMarked;
