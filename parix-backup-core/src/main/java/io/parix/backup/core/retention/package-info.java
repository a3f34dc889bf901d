/**
 * How long backups are kept: one plan with a reason for every backup, when to look again, and what a change would do (spec H).
 *
 * <p>Doors: {@link io.parix.backup.core.retention.RetentionRules} for the plan that clean-up executes,
 * {@link io.parix.backup.core.retention.ChangePreview} for the difference between two settings. Facts come in as values; reading
 * them, and removing anything, is for the caller.
 */
@NullMarked
package io.parix.backup.core.retention;

import org.jspecify.annotations.NullMarked;
