/** A Cloud Storage of our own at the wire, and a proxy that spoils connections. */
@NullMarked
package io.parix.backup.provider.gcp.server;

import org.jspecify.annotations.NullMarked;
