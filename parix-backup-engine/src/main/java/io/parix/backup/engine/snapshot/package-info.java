/**
 * Snapshots of replica volumes beside the export (spec C1): planned by name, asked for, watched, and removed until they are seen gone.
 *
 * <p>Doors: {@link io.parix.backup.engine.snapshot.SnapshotWatch} for a backup that is made, {@link
 * io.parix.backup.engine.snapshot.Materialization} where its images are read from volumes made of them, {@link
 * io.parix.backup.engine.snapshot.FoundSnapshots} for one that a rebuild found, {@link
 * io.parix.backup.engine.snapshot.SnapshotRemoval} for what is not needed any more. What a set of snapshots means for its job is
 * decided by {@code core.job.Snapshots}.
 */
@NullMarked
package io.parix.backup.engine.snapshot;

import org.jspecify.annotations.NullMarked;
