/** Cloud Storage at the wire, in this process, by our reading of its documentation. */
@NullMarked
package io.parix.backup.servers.gcs;

import org.jspecify.annotations.NullMarked;
