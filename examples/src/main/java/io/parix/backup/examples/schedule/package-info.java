/**
 * A schedule and what its card says: runs through a change of the clock, a downtime, a slot that is taken, a pause. The door is
 * {@link io.parix.backup.examples.schedule.Schedule}.
 */
@NullMarked
package io.parix.backup.examples.schedule;

import org.jspecify.annotations.NullMarked;
