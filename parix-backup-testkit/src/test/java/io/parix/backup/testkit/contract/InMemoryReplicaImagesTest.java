package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.failed;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The images in memory are held to what they help others with. */
class InMemoryReplicaImagesTest implements ReplicaImagesContract {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    private int made;

    static InMemoryHost memory(ReplicaImages images) {
        return images instanceof WrongImages wrapped ? wrapped.right : (InMemoryHost) images;
    }

    @Override
    public ReplicaImages images() {
        InMemoryHost host = InMemoryRestoreHostTest.host(database(), neighbour(), clock);
        for (DatabaseId each : List.of(database(), neighbour())) {
            host.volumes(
                    each,
                    IntStream.range(0, 3)
                            .mapToObj(i -> new ReplicaVolume(i, each + "-volume-" + i, Map.of("zone", "a")))
                            .toList());
        }
        return host;
    }

    @Override
    public List<byte[]> live(ReplicaImages images, DatabaseId database) {
        return memory(images).files(database);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void elapse(Duration time) {
        clock.advance(time);
    }

    @Override
    public boolean write(ReplicaImages images, DatabaseId database, List<byte[]> files) {
        memory(images).files(database, files);
        return true;
    }

    @Override
    public Optional<Boolean> running(ReplicaImages images, DatabaseId database) {
        return Optional.of(memory(images).running(database));
    }

    @Override
    public Optional<Integer> held(ReplicaImages images) {
        InMemoryHost host = memory(images);
        return Optional.of(host.captured().size() + host.attached().size());
    }

    @Override
    public Optional<ReplicaImages> slowImages() {
        return behind(
                answer("capture", nth(1)).with(new Capture.Pending("a clone is being made", Duration.ofMillis(1))));
    }

    @Override
    public Optional<ReplicaImages> lostImages() {
        return behind(fail("capture", first(2)).with(failed(ErrorCode.IMAGE_UNREADABLE, "replica 1 has no file")));
    }

    private Optional<ReplicaImages> behind(Fault fault) {
        InMemoryHost host = memory(images());
        Faults faults = Faults.on(clock);
        faults.add(fault);
        return Optional.of(new WrongImages(host).asking(faults.before(ReplicaImages.class, host)));
    }

    @Override
    public List<SnapshotVolume> snapshots(ReplicaImages images) {
        InMemoryHost host = memory(images);
        String prefix = "made-" + made++ + "-";
        for (int i = 1; i < 3; i++) {
            host.lies(prefix + i, host.files(database()).get(i));
        }
        return IntStream.range(1, 3)
                .mapToObj(i -> new SnapshotVolume(i, prefix + i, clock.instant()))
                .toList();
    }

    @Override
    public Optional<List<String>> attached(ReplicaImages images) {
        return Optional.of(memory(images).attached());
    }
}
