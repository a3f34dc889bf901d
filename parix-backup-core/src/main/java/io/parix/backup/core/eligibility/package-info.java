/**
 * Whether a backup may be restored now, and everything that speaks against it (spec E, F1, F3).
 *
 * <p>The door is {@link io.parix.backup.core.eligibility.Eligibility}: facts that the caller has read come in as
 * values, a report of every check goes out. Each rule is a small check of its own behind the door; none reads anything.
 */
@NullMarked
package io.parix.backup.core.eligibility;

import org.jspecify.annotations.NullMarked;
