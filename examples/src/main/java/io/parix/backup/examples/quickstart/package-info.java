/**
 * A cluster is backed up, lost and put back before your eyes, also when it is killed in between and started again. The door is
 * {@link io.parix.backup.examples.quickstart.Quickstart}; {@link io.parix.backup.examples.quickstart.Installation} is the part to
 * copy from.
 */
@NullMarked
package io.parix.backup.examples.quickstart;

import org.jspecify.annotations.NullMarked;
