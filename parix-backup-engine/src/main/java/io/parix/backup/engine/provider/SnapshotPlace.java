package io.parix.backup.engine.provider;

import io.parix.backup.spi.VolumeSnapshots;

/**
 * A place whose provider makes snapshots of volumes.
 *
 * @param volumes its snapshots
 * @param listed whether a listing by labels is complete
 * @param materializes whether it makes volumes of snapshots
 */
public record SnapshotPlace(VolumeSnapshots volumes, boolean listed, boolean materializes) {}
