/**
 * How protected a database is: what breaks the promise of a restore, and what would in time (spec J2).
 *
 * <p>The door is {@link io.parix.backup.core.protection.ProtectionRules}; facts come in as values, a report goes out. Which backups are
 * restorable is for {@code core.retention} and {@code core.eligibility} to tell.
 */
@NullMarked
package io.parix.backup.core.protection;

import org.jspecify.annotations.NullMarked;
