/**
 * Bringing history back from object storage, for whoever operates an installation. The door is
 * {@link io.parix.backup.rebuild.Rebuild}.
 */
@NullMarked
package io.parix.backup.rebuild;

import org.jspecify.annotations.NullMarked;
