package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.engine.VirtualClock;
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
        return ((InMemoryHost) images).files(database);
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
        ((InMemoryHost) images).files(database, files);
        return true;
    }

    @Override
    public Optional<Boolean> running(ReplicaImages images, DatabaseId database) {
        return Optional.of(((InMemoryHost) images).running(database));
    }

    @Override
    public Optional<Integer> held(ReplicaImages images) {
        InMemoryHost host = (InMemoryHost) images;
        return Optional.of(host.captured().size() + host.attached().size());
    }

    @Override
    public Optional<ReplicaImages> slowImages() {
        InMemoryHost host = (InMemoryHost) images();
        host.captureLater(new Capture.Pending("a clone is being made", Duration.ofMillis(1)));
        return Optional.of(host);
    }

    @Override
    public Optional<ReplicaImages> lostImages() {
        InMemoryHost host = (InMemoryHost) images();
        for (int i = 0; i < 2; i++) {
            host.failCapture(new FailedException(ErrorCode.IMAGE_UNREADABLE, "replica 1 has no file"));
        }
        return Optional.of(host);
    }

    @Override
    public List<SnapshotVolume> snapshots(ReplicaImages images) {
        InMemoryHost host = (InMemoryHost) images;
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
        return Optional.of(((InMemoryHost) images).attached());
    }
}
