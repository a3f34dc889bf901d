/**
 * The way of a backup: capture, check, export, commit, complete; and the sweep of what a failed one left. The door is
 * {@link io.parix.backup.engine.backup.BackupSteps}.
 */
@NullMarked
package io.parix.backup.engine.backup;

import org.jspecify.annotations.NullMarked;
