package io.parix.backup.testkit.contract;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of volumes on a mutant. Not a test of the build: {@link VolumeMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedVolumes implements VolumeSnapshotsContract {
    /** What runs on a place that claims neither to list nor to make volumes has a name that begins so. */
    static final String MODEST = "VOL-13";

    private final InMemoryVolumeSnapshotsTest right;
    private final UnaryOperator<VolumeSnapshots> mutation;
    private final int many;

    MutatedVolumes(String mutant) {
        this.right = mutant.startsWith(MODEST) ? new InMemoryModestVolumesTest() : new InMemoryVolumeSnapshotsTest();
        this.mutation = VolumeMutants.ALL.getOrDefault(mutant, Tally::volumes);
        this.many = mutant.equals(Tally.NAME) ? 3 : right.many();
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
        Tally.pass();
    }

    @Override
    public Optional<VolumeSnapshots> limited() {
        return right.limited().map(mutation);
    }

    @Override
    public Optional<VolumeSnapshots> lost() {
        return right.lost().map(mutation);
    }

    @Override
    public Optional<VolumeSnapshots> forbidden() throws Exception {
        return right.forbidden().map(mutation);
    }

    @Override
    public Optional<VolumeSnapshots> denied() throws Exception {
        return right.denied().map(mutation);
    }

    @Override
    public Optional<VolumeSnapshots> lostAnswer() {
        return right.lostAnswer().map(mutation);
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(VolumeSnapshots place, String name) {
        return right.lock(((WrongSnapshots) place).right, name);
    }

    @Override
    public boolean hold(VolumeSnapshots place, String name) {
        return right.hold(((WrongSnapshots) place).right, name);
    }

    @Override
    public boolean use(VolumeSnapshots place, String name) {
        return right.use(((WrongSnapshots) place).right, name);
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
        return many;
    }
}
