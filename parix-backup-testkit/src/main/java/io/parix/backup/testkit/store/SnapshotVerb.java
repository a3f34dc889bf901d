package io.parix.backup.testkit.store;

/** The verbs of snapshots of volumes, for faults and counts. */
public enum SnapshotVerb {
    /** {@link io.parix.backup.spi.VolumeSnapshots#request}. */
    REQUEST,
    /** {@link io.parix.backup.spi.VolumeSnapshots#describe}. */
    DESCRIBE,
    /** {@link io.parix.backup.spi.VolumeSnapshots#delete}. */
    DELETE,
    /** {@link io.parix.backup.spi.VolumeSnapshots#list}. */
    LIST,
    /** {@link io.parix.backup.spi.VolumeSnapshots#materialize}. */
    MATERIALIZE,
    /** {@link io.parix.backup.spi.VolumeSnapshots#deleteVolume}. */
    DELETE_VOLUME,
    /** {@link io.parix.backup.spi.VolumeSnapshots#volumes}. */
    LIST_VOLUMES
}
