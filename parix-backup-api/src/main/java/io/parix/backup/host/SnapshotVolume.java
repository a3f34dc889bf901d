package io.parix.backup.host;

import java.time.Instant;

/**
 * A volume that was made of the snapshot of a replica's volume, for one attempt. It is the engine's to delete, and the host's to attach,
 * read-only, and to detach (spec C1).
 *
 * @param replica the replica's index, 0 to 99
 * @param volume the provider's id of the volume, which can be attached
 * @param cutNotBefore the instant on the catalog's clock before which no snapshot of the attempt was asked for: what
 *     {@link Image#cutNotBefore} of an image on it says
 */
public record SnapshotVolume(int replica, String volume, Instant cutNotBefore) {}
