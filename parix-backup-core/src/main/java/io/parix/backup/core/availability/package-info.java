/**
 * Whether a backup can be asked for now, and everything that speaks against it (spec A1 to A3).
 *
 * <p>The door is {@link io.parix.backup.core.availability.Availability}; facts come in as values, a report goes out.
 * Reading the facts, and holding the slot against a race, is for the caller.
 */
@NullMarked
package io.parix.backup.core.availability;

import org.jspecify.annotations.NullMarked;
