package io.parix.backup.spi;

import java.time.Duration;

/**
 * What a place can do with volumes. What is not claimed is refused with {@link ErrorKind#INVALID_REQUEST}, and never answered as if there were nothing.
 *
 * @param supported whether there are volume snapshots at all; the rest is meaningless where not
 * @param listByLabel whether {@link VolumeSnapshots#list} and {@link VolumeSnapshots#volumes} are answered, and complete; both are refused
 *     where not
 * @param materialize whether a snapshot can be made a volume again; {@link VolumeSnapshots#materialize} is refused where not
 * @param groupCut how far one cut reaches
 * @param minimumInterval the least time between two snapshots of a volume; zero where there is no limit
 * @param pendingPerVolume how many snapshots of a volume may be pending at once; 0 where there is no limit
 */
public record SnapshotCapabilities(
        boolean supported,
        boolean listByLabel,
        boolean materialize,
        GroupCut groupCut,
        Duration minimumInterval,
        int pendingPerVolume) {

    /** No volume snapshots. */
    public static final SnapshotCapabilities NONE =
            new SnapshotCapabilities(false, false, false, GroupCut.NONE, Duration.ZERO, 0);

    /** How far one cut at one instant reaches. */
    public enum GroupCut {
        /** Each volume is cut alone. */
        NONE,
        /** All volumes of one machine. */
        INSTANCE,
        /** All volumes of one zone. */
        ZONE
    }
}
