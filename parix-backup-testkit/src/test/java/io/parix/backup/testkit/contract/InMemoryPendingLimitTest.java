package io.parix.backup.testkit.contract;

import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.util.Optional;

/** The same with a place that knows no interval, only how many may be pending. */
class InMemoryPendingLimitTest extends InMemoryVolumeSnapshotsTest {
    @Override
    public Optional<VolumeSnapshots> limited() {
        InMemoryVolumeSnapshots place = (InMemoryVolumeSnapshots) snapshots();
        place.times(SnapshotTimes.AT_ONCE
                .taking(Duration.ofMinutes(1), Duration.ofMinutes(10))
                .limited(Duration.ZERO, 1));
        return Optional.of(place);
    }
}
