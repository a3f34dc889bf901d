package io.parix.backup.testkit.contract;

import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of volumes on a mutant. Not a test of the build: {@link VolumeMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedVolumes implements VolumeSnapshotsContract {
    private final InMemoryVolumeSnapshotsTest right = new InMemoryVolumeSnapshotsTest();
    private final UnaryOperator<VolumeSnapshots> mutation;

    MutatedVolumes(String mutant) {
        this.mutation = VolumeMutants.ALL.getOrDefault(mutant, WrongSnapshots::new);
    }

    @Override
    public VolumeSnapshots snapshots() {
        return mutation.apply(right.snapshots());
    }

    @Override
    public List<String> volumes() {
        return right.volumes();
    }

    @Override
    public SnapshotCapabilities capabilities() {
        return right.capabilities();
    }

    @Override
    public void pass() {
        right.pass();
    }

    @Override
    public Optional<VolumeSnapshots> limited() {
        return right.limited().map(mutation);
    }

    @Override
    public Optional<Instant> lock(VolumeSnapshots place, String name) {
        return right.lock(((WrongSnapshots) place).right, name);
    }

    @Override
    public boolean attach(VolumeSnapshots place, String volume) {
        return right.attach(((WrongSnapshots) place).right, volume);
    }

    @Override
    public Map<String, String> impossiblePlacement() {
        return right.impossiblePlacement();
    }

    @Override
    public int many() {
        return right.many();
    }
}
