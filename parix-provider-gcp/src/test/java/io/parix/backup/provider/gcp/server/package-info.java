/** A Compute Engine of our own at the wire. */
@NullMarked
package io.parix.backup.provider.gcp.server;

import org.jspecify.annotations.NullMarked;
