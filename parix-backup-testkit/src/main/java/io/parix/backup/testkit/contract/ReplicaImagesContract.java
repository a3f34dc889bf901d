package io.parix.backup.testkit.contract;

/**
 * What all {@link io.parix.backup.host.ReplicaImages} must do, the requirements IMG of {@code docs/host-ports.md}.
 *
 * <p>The tests lie in the interfaces that this one joins, by what they are about.
 */
public interface ReplicaImagesContract extends CaptureContract, ImageContract, SnapshotVolumeContract {}
