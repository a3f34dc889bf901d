package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.server.FakeEbsSnapshot;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.contract.VolumeSnapshotsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

class AwsVolumeSnapshotsContractTest implements VolumeSnapshotsContract {
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
        volumes.server.ebs().pendingPerVolume(1);
        return Optional.of(volumes.place());
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(VolumeSnapshots place, String name) {
        Instant until = volumes.clock.instant().plus(Duration.ofDays(1));
        for (FakeEbsSnapshot each : volumes.server.ebs().snapshots(FakeVolumes.TAG, name)) {
            each.lock(until, "compliance");
        }
        return Optional.of(new DeleteOutcome.Locked(until));
    }

    @Override
    public Optional<VolumeSnapshots> lost() {
        VolumeSnapshots place = volumes.place();
        volumes.ask(place, "parix-b1-1-1");
        volumes.pass();
        volumes.server.close();
        return Optional.of(place);
    }

    @Override
    public Optional<VolumeSnapshots> forbidden() throws Exception {
        VolumeSnapshots place = holding(snapshots());
        volumes.server.forbid(
                Set.of("ec2:CreateSnapshot", "ec2:DeleteSnapshot", "ec2:CreateVolume", "ec2:DeleteVolume"));
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
        for (String each : List.of("CreateSnapshot", "CreateVolume", "DeleteSnapshot", "DeleteVolume")) {
            volumes.server.next(each, FakeEc2.lostAnswer());
        }
        return Optional.of(volumes.place());
    }

    @Override
    public boolean use(VolumeSnapshots place, String name) {
        volumes.server.ebs().snapshots(FakeVolumes.TAG, name).forEach(FakeEbsSnapshot::use);
        return true;
    }

    @Override
    public boolean attach(VolumeSnapshots place, String volume) {
        volumes.server.ebs().volumes("parix-volume", volume).forEach(each -> each.attach());
        return true;
    }

    @Override
    public Map<String, String> placement() {
        return FakeVolumes.ZONE;
    }

    @Override
    public Map<String, String> impossiblePlacement() {
        return Map.of("zone", "eu-central-1x");
    }

    @Override
    public int many() {
        return 1_005;
    }
}
