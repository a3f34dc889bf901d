package io.parix.backup.testkit.contract;

import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;

/** The same with a place that does not claim to make volumes of snapshots. */
class InMemoryUnmadeVolumesTest extends InMemoryVolumeSnapshotsTest {
    @Override
    void claim(InMemoryVolumeSnapshots place) {
        place.claimNoVolumes();
    }
}
