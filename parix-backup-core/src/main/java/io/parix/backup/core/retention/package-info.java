/**
 * How long backups are kept: one plan with a reason for every backup, when to look again, what a change would do, and the
 * bytes that backups share (spec H).
 *
 * <p>Doors: {@link io.parix.backup.core.retention.RetentionRules} for the plan that clean-up executes,
 * {@link io.parix.backup.core.retention.ChangePreview} for the difference between two settings,
 * {@link io.parix.backup.core.retention.SharedBytes} for sizes. Facts come in as values; reading them in one transaction, and
 * removing anything, is for the caller.
 */
@NullMarked
package io.parix.backup.core.retention;

import org.jspecify.annotations.NullMarked;
