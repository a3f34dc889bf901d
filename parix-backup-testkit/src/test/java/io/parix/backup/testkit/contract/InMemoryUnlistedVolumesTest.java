package io.parix.backup.testkit.contract;

import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;

/** The same with a place that does not claim to list by labels. */
class InMemoryUnlistedVolumesTest extends InMemoryVolumeSnapshotsTest {
    @Override
    void claim(InMemoryVolumeSnapshots place) {
        place.claimNoListing();
    }
}
