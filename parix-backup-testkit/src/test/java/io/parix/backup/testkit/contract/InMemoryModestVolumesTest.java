package io.parix.backup.testkit.contract;

import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;

/** The same with a place that claims neither to list nor to make volumes. */
class InMemoryModestVolumesTest extends InMemoryVolumeSnapshotsTest {
    @Override
    void claim(InMemoryVolumeSnapshots place) {
        place.claimNoListing();
        place.claimNoVolumes();
    }
}
