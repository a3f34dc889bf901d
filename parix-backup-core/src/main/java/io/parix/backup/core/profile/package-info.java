/**
 * The values of a database profile that a backup captures, as things that can be compared and named one by one.
 *
 * <p>The doors are {@link io.parix.backup.core.profile.ProfileValue} and
 * {@link io.parix.backup.core.profile.ProfileChange}. What a difference means is decided by those who ask.
 */
@NullMarked
package io.parix.backup.core.profile;

import org.jspecify.annotations.NullMarked;
