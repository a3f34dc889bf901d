/** How long backups are kept, without an engine around it. */
@NullMarked
package io.parix.backup.engine.retention;

import org.jspecify.annotations.NullMarked;
