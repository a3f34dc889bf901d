package io.parix.backup.provider.gcp;

import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.contract.VolumeSnapshotsContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract. Compute Engine has no lock for snapshots, so that none is tried. */
class GcpVolumeSnapshotsContractTest implements VolumeSnapshotsContract {
    final FakeVolumes volumes = new FakeVolumes();

    @AfterEach
    void close() {
        volumes.close();
    }

    @Override
    public VolumeSnapshots snapshots() {
        return volumes.place();
    }

    @Override
    public List<String> volumes() {
        return List.of(volumes.volume, volumes.other);
    }

    @Override
    public SnapshotCapabilities capabilities() {
        try (ProviderSession session = volumes.provider().open(volumes.location())) {
            return session.capabilities().volumeSnapshots();
        }
    }

    @Override
    public void pass() {
        volumes.pass();
    }

    @Override
    public Optional<VolumeSnapshots> limited() {
        volumes.server.disks().between(Duration.ofMinutes(10));
        return Optional.of(volumes.place());
    }

    @Override
    public Optional<VolumeSnapshots> lost() {
        VolumeSnapshots place = snapshots();
        volumes.ask(place, "parix-b1-1-1");
        volumes.pass();
        volumes.server.close();
        return Optional.of(place);
    }

    @Override
    public Optional<VolumeSnapshots> forbidden() throws Exception {
        VolumeSnapshots place = holding(snapshots());
        volumes.server.forbid(Set.of(
                "compute.snapshots.create",
                "compute.snapshots.delete",
                "compute.disks.create",
                "compute.disks.delete"));
        return Optional.of(place);
    }

    @Override
    public Optional<VolumeSnapshots> denied() throws Exception {
        VolumeSnapshots place = holding(snapshots());
        volumes.server.allowOnly(Set.of());
        return Optional.of(place);
    }

    @Override
    public Optional<VolumeSnapshots> lostAnswer() {
        for (String each : List.of("snapshots.insert", "snapshots.delete", "disks.insert", "disks.delete")) {
            volumes.server.next(each, FakeGce.lostAnswer());
        }
        return Optional.of(snapshots());
    }

    @Override
    public boolean attach(VolumeSnapshots place, String volume) {
        volumes.server.disks().disks("parix-volume", volume).forEach(each -> each.attach());
        return true;
    }

    @Override
    public Map<String, String> placement() {
        return FakeVolumes.ZONE;
    }

    @Override
    public Map<String, String> impossiblePlacement() {
        return Map.of("zone", "europe-west3-x");
    }

    @Override
    public int many() {
        return 1_005;
    }
}
