/**
 * Trying a place live, for whoever operates an installation: what a storage provider and the place behind it really do, by the numbers of
 * their requirements. The door is {@link io.parix.backup.doctor.Doctor}.
 */
@NullMarked
package io.parix.backup.doctor;

import org.jspecify.annotations.NullMarked;
