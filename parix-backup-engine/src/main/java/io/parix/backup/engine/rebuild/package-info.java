/**
 * Brings history back from object storage into a catalog that does not know it (spec C11). The door is
 * {@link io.parix.backup.engine.rebuild.Rebuilder}. It reads storage and writes rows; it deletes nothing.
 */
@NullMarked
package io.parix.backup.engine.rebuild;

import org.jspecify.annotations.NullMarked;
