/**
 * Google Cloud Storage as a storage provider, and snapshots of Compute Engine's disks beside it where they are asked for.
 *
 * <p>Door: {@link io.parix.backup.provider.gcp.GcpProvider}. An object is one object of a bucket, its key unchanged; writing is one
 * conditional request, deleting removes every generation. Classes of Compute Engine's client are loaded behind {@code GcpVolumeSnapshots} only, since they need not be there. What may not come in: retries (the client's are off), gRPC, a second
 * HTTP client, credentials in settings, anything about backups.
 */
@NullMarked
package io.parix.backup.provider.gcp;

import org.jspecify.annotations.NullMarked;
