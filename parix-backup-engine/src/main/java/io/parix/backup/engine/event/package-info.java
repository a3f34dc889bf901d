/** Events on their way out of the catalog to the host's listener. Knows nothing of jobs. */
@NullMarked
package io.parix.backup.engine.event;

import org.jspecify.annotations.NullMarked;
