package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.fault.Refusal;
import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

/** The snapshots in memory are held to what they help others with. */
@DisplayName("I1 I2 snapshots in memory pass the suite that real ones pass")
class InMemoryVolumeSnapshotsTest implements VolumeSnapshotsContract {
    private static final SnapshotTimes SLOW = SnapshotTimes.AT_ONCE
            .taking(Duration.ofMinutes(1), Duration.ofMinutes(10))
            .going(Duration.ofMinutes(5));
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));

    @Override
    public VolumeSnapshots snapshots() {
        return place(SLOW);
    }

    private InMemoryVolumeSnapshots place(SnapshotTimes times) {
        InMemoryVolumeSnapshots place = new InMemoryVolumeSnapshots(clock);
        place.times(times);
        place.making(times.usable());
        claim(place);
        return place;
    }

    /** Lets the place claim less than all that it could do; to be overridden. */
    void claim(InMemoryVolumeSnapshots place) {}

    @Override
    public List<String> volumes() {
        return List.of("vol-1", "vol-2");
    }

    @Override
    public SnapshotCapabilities capabilities() {
        return place(SLOW).capabilities();
    }

    @Override
    public void pass() {
        clock.advance(Duration.ofHours(1));
    }

    @Override
    public Optional<VolumeSnapshots> limited() {
        return Optional.of(place(SLOW.limited(Duration.ofMinutes(30), 1)));
    }

    @Override
    public Optional<VolumeSnapshots> lost() {
        VolumeSnapshots place = snapshots();
        var unused = place.request("parix-b1-1-1", volumes().get(0), LABELS, Samples.CALL);
        return Optional.of(behind(
                place, fail("VolumeSnapshots.*").with(refused(ErrorKind.UNAVAILABLE, "The place does not answer."))));
    }

    @Override
    public Optional<VolumeSnapshots> forbidden() throws Exception {
        Refusal denied = refused(ErrorKind.DENIED, "No permission to change anything.");
        return Optional.of(behind(
                holding(snapshots()),
                fail("VolumeSnapshots.request").with(denied),
                fail("materialize").with(denied),
                fail("VolumeSnapshots.delete").with(denied),
                answer("deleteVolume").with(new DeleteOutcome.Failed(ErrorKind.DENIED, "No permission to delete."))));
    }

    @Override
    public Optional<VolumeSnapshots> denied() throws Exception {
        return Optional.of(behind(
                holding(snapshots()), fail("VolumeSnapshots.*").with(refused(ErrorKind.DENIED, "No permission."))));
    }

    @Override
    public Optional<VolumeSnapshots> lostAnswer() {
        return Optional.of(behind(
                snapshots(),
                strike("VolumeSnapshots.request", nth(1)).with(Effect.lostAnswer()),
                strike("materialize", nth(1)).with(Effect.lostAnswer()),
                strike("VolumeSnapshots.delete", nth(1)).with(Effect.lostAnswer()),
                strike("deleteVolume", nth(1)).with(Effect.lostAnswer())));
    }

    private VolumeSnapshots behind(VolumeSnapshots place, Fault... each) {
        Faults faults = Faults.on(clock);
        List.of(each).forEach(faults::add);
        return faults.before(VolumeSnapshots.class, place);
    }

    @Override
    public Optional<DeleteOutcome.Locked> lock(VolumeSnapshots place, String name) {
        Instant until = clock.instant().plus(Duration.ofDays(1));
        ((InMemoryVolumeSnapshots) place).lock(name, until);
        return Optional.of(new DeleteOutcome.Locked(until));
    }

    @Override
    public boolean hold(VolumeSnapshots place, String name) {
        ((InMemoryVolumeSnapshots) place).lock(name, null);
        return true;
    }

    @Override
    public boolean use(VolumeSnapshots place, String name) {
        ((InMemoryVolumeSnapshots) place).use(name);
        return true;
    }

    @Override
    public boolean attach(VolumeSnapshots place, String volume) {
        ((InMemoryVolumeSnapshots) place).use(volume);
        return true;
    }

    @Override
    public Map<String, String> impossiblePlacement() {
        return Map.of("nowhere", "at all");
    }

    @Override
    public int many() {
        return 1_005;
    }
}
