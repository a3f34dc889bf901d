package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of replica images on a mutant. Not a test of the build: {@link HostMutantTest} launches it and wants it to fail. */
@ExtendWith(MutantName.class)
final class MutatedImages implements ReplicaImagesContract {
    private final InMemoryReplicaImagesTest right = new InMemoryReplicaImagesTest();
    private final Function<InMemoryHost, WrongImages> mutation;
    private final Function<ReplicaVolumes, ReplicaVolumes> volumes;
    private final Duration patience;

    MutatedImages(String mutant) {
        this.mutation = ImageMutants.all().getOrDefault(mutant, WrongImages::new);
        this.volumes = ImageMutants.VOLUMES.getOrDefault(mutant, Function.identity());
        this.patience = mutant.isEmpty() ? right.patience() : Duration.ofMillis(50);
    }

    private static InMemoryHost memory(ReplicaImages images) {
        return InMemoryReplicaImagesTest.memory(images);
    }

    private ReplicaImages mutant(ReplicaImages images) {
        WrongImages mutant = mutation.apply(memory(images));
        return images instanceof WrongImages given ? mutant.asking(given.way()) : mutant;
    }

    @Override
    public ReplicaImages images() {
        return mutant(right.images());
    }

    @Override
    public List<byte[]> live(ReplicaImages images, DatabaseId database) {
        return right.live(memory(images), database);
    }

    @Override
    public Instant now() {
        return right.now();
    }

    @Override
    public void elapse(Duration time) {
        right.elapse(time);
    }

    @Override
    public Optional<ReplicaImages> again(ReplicaImages images) {
        return Optional.of(mutant(images));
    }

    @Override
    public boolean write(ReplicaImages images, DatabaseId database, List<byte[]> files) {
        return right.write(memory(images), database, files);
    }

    @Override
    public Optional<Boolean> running(ReplicaImages images, DatabaseId database) {
        return right.running(memory(images), database);
    }

    @Override
    public Optional<Integer> held(ReplicaImages images) {
        return right.held(memory(images));
    }

    @Override
    public Optional<ReplicaImages> slowImages() {
        return right.slowImages().map(this::mutant);
    }

    @Override
    public Optional<ReplicaImages> lostImages() {
        return right.lostImages().map(this::mutant);
    }

    @Override
    public Optional<ReplicaVolumes> volumes(ReplicaImages images) {
        return Optional.of(volumes.apply(memory(images)));
    }

    @Override
    public List<SnapshotVolume> snapshots(ReplicaImages images) {
        return right.snapshots(memory(images));
    }

    @Override
    public Optional<List<String>> attached(ReplicaImages images) {
        return right.attached(memory(images));
    }

    @Override
    public Duration patience() {
        return patience;
    }
}
