package io.parix.backup.host;

import java.util.Map;

/**
 * The volume that a replica's data file lies on.
 *
 * @param replica the replica's index, 0 to 99
 * @param volume the provider's name of the volume, 1 to 1024 printable characters
 * @param placement the provider's words for where a volume made of its snapshot would be, for example zone and type; may be empty
 * @param imageFrom where the host takes the replica's image from
 */
public record ReplicaVolume(int replica, String volume, Map<String, String> placement, ImageFrom imageFrom) {
    /** Where the image of a replica comes from. */
    public enum ImageFrom {
        /** From wherever the host has it; the snapshot stands beside the export (spec C1). */
        HOST("host"),
        /**
         * From the snapshot: the engine makes a volume of it, hands that to {@link ReplicaImages#capture(Attempt, java.util.List)}, and
         * deletes it once the attempt has let go of its images. Where the provider makes no volumes, or the snapshot failed, none is handed
         * over, and it is for the host to say what then.
         */
        SNAPSHOT("snapshot");

        private final String code;

        ImageFrom(String code) {
            this.code = code;
        }

        /** {@return the stable text of this place} */
        public String code() {
            return code;
        }
    }

    /** Copies the map. */
    public ReplicaVolume {
        placement = Map.copyOf(placement);
    }

    /**
     * A volume whose snapshot stands beside an image that the host has from elsewhere.
     *
     * @param replica the replica's index
     * @param volume the provider's name of the volume
     * @param placement the provider's words for where a volume made of its snapshot would be
     */
    public ReplicaVolume(int replica, String volume, Map<String, String> placement) {
        this(replica, volume, placement, ImageFrom.HOST);
    }
}
