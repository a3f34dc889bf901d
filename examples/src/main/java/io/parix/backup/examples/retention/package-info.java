/**
 * How long backups are kept: a preview of a shorter period, its undo window, and what clean-up then removes. The door is
 * {@link io.parix.backup.examples.retention.RetentionStory}.
 */
@NullMarked
package io.parix.backup.examples.retention;

import org.jspecify.annotations.NullMarked;
