/**
 * Clean-up: what has expired is removed from storage, in an order that a crash at any point resumes (spec H3 to H5, H10, H11).
 *
 * <p>One job per database looks, removes and waits; it occupies nothing, so backups and restores go on beside it. Doors: {@link
 * io.parix.backup.engine.sweep.CleanUpSteps} and {@link io.parix.backup.engine.sweep.CleanUpJobs}. What stays and what goes is
 * decided by {@code core.retention} alone; nothing here is removed because something else was missing.
 */
@NullMarked
package io.parix.backup.engine.sweep;

import org.jspecify.annotations.NullMarked;
