/**
 * What a backup job and a restore job may do next: one record per state, its moves as methods, one table of what
 * follows a crash or a failure.
 *
 * <p>The doors are {@link io.parix.backup.core.job.BackupJob} and {@link io.parix.backup.core.job.RestoreJob}; the
 * whole picture is drawn from them into {@code docs/job-states.md}. Values only: what is written to a catalog and when
 * is decided elsewhere, and nothing here reads a clock, does I/O or knows a stored format.
 */
@NullMarked
package io.parix.backup.core.job;

import org.jspecify.annotations.NullMarked;
