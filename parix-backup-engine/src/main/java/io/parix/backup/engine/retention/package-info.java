/**
 * How long backups are kept: the facts are read here and {@code core.retention} decides (spec H).
 *
 * <p>Doors: {@link io.parix.backup.engine.retention.RetentionView} for the plan of a database, the same for clean-up, page,
 * eligibility and preview; {@link io.parix.backup.engine.retention.RetentionIntake} for changing the period. Nothing is removed
 * here.
 */
@NullMarked
package io.parix.backup.engine.retention;

import org.jspecify.annotations.NullMarked;
