/** Trying a place live, with the report as a table. The door is {@link io.parix.backup.examples.doctor.Examine}. */
@NullMarked
package io.parix.backup.examples.doctor;

import org.jspecify.annotations.NullMarked;
