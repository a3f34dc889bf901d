/**
 * Google Cloud Storage as a storage provider.
 *
 * <p>Door: {@link io.parix.backup.provider.gcp.GcpProvider}. An object is one object of a bucket, its key unchanged; writing is one
 * conditional request, deleting removes every generation. What may not come in: retries (the client's are off), gRPC, a second
 * HTTP client, credentials in settings, anything about backups.
 */
@NullMarked
package io.parix.backup.provider.gcp;

import org.jspecify.annotations.NullMarked;
