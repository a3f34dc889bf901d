package io.parix.backup.host;

import java.util.Map;

/**
 * The volume that a replica's data file lies on.
 *
 * @param replica the replica's index, 0 to 99
 * @param volume the provider's name of the volume, 1 to 1024 printable characters
 * @param placement the provider's words for where a volume made of its snapshot would be, for example zone and type; may be empty
 */
public record ReplicaVolume(int replica, String volume, Map<String, String> placement) {
    /** Copies the map. */
    public ReplicaVolume {
        placement = Map.copyOf(placement);
    }
}
