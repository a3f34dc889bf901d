/**
 * The way of a restore: move, stage, verify, fence, swap, start, confirm, open, release; and the way back. The door is
 * {@link io.parix.backup.engine.restore.RestoreSteps}.
 */
@NullMarked
package io.parix.backup.engine.restore;

import org.jspecify.annotations.NullMarked;
