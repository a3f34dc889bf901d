/**
 * A cluster is backed up, lost and put back before your eyes. The door is
 * {@link io.parix.backup.examples.quickstart.Quickstart}; {@link io.parix.backup.examples.quickstart.Installation} is the part to
 * copy from.
 */
@NullMarked
package io.parix.backup.examples.quickstart;

import org.jspecify.annotations.NullMarked;
