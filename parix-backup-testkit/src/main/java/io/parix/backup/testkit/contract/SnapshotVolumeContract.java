package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.ImageTrial.prints;
import static io.parix.backup.testkit.contract.ImageTrial.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.SnapshotVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements IMG-20 to IMG-23: images from snapshots, where a host takes any. */
public interface SnapshotVolumeContract extends ReplicaImagesFixture {
    private List<SnapshotVolume> made(ImageTrial trial) throws Exception {
        List<SnapshotVolume> volumes = snapshots(trial.images);
        assumeTrue(!volumes.isEmpty(), "not verified: the host takes no image from a snapshot");
        return volumes;
    }

    @Test
    @DisplayName("IMG-20 what lies on a volume that is handed in is its replica's image, as old as the volume says")
    default void readsTheVolumes() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<SnapshotVolume> volumes = made(trial);
        elapse(Duration.ofSeconds(1));
        trial.write(100);
        Map<String, Instant> expected = new HashMap<>();
        trial.live().forEach(print -> expected.put(print, Instant.MAX));
        for (SnapshotVolume volume : volumes) {
            expected.remove(trial.live().get(volume.replica()));
            expected.put(trial.before.get(volume.replica()), volume.cutNotBefore());
        }
        List<Image> images = trial.ready(trial.images, trial.attempt("b1", 1), volumes);
        assertThat(prints(images)).isEqualTo(sorted(List.copyOf(expected.keySet())));
        for (Image image : images) {
            String print = HostTrial.prints(List.of(ImageTrial.bytes(image))).get(0);
            assertThat(image.cutNotBefore())
                    .as("the instant of %s", image.name())
                    .isBeforeOrEqualTo(expected.getOrDefault(print, Instant.MIN))
                    .isBeforeOrEqualTo(now());
        }
    }

    private List<String> attachedNow(ImageTrial trial) throws Exception {
        Optional<List<String>> attached = attached(trial.images);
        assumeTrue(attached.isPresent(), "not verified: the fixture cannot tell what is attached");
        return attached.get();
    }

    private static List<String> ids(List<SnapshotVolume> volumes) {
        return volumes.stream().map(SnapshotVolume::volume).toList();
    }

    @Test
    @DisplayName("IMG-21 the volumes are attached while the attempt holds its images, and asking again gives the same")
    default void attaches() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<SnapshotVolume> volumes = made(trial);
        List<Image> first = trial.ready(trial.images, trial.attempt("b1", 1), volumes);
        trial.write(100);
        List<Image> second = trial.ready(trial.images, trial.attempt("b1", 1), volumes);
        assertThat(prints(second)).isEqualTo(prints(first)).isEqualTo(sorted(trial.before));
        assertThat(attachedNow(trial)).containsExactlyInAnyOrderElementsOf(ids(volumes));
    }

    @Test
    @DisplayName("IMG-22 release detaches the attempt's volumes, in this process too, and no other attempt's")
    default void detaches() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<SnapshotVolume> first = made(trial);
        List<SnapshotVolume> second = made(trial);
        Attempt attempt = trial.attempt("b1", 1);
        assertThat(trial.ready(trial.images, attempt, first)).hasSameSizeAs(trial.before);
        assertThat(trial.ready(trial.images, trial.attempt("b1", 2), second)).hasSameSizeAs(trial.before);
        List<ReplicaImages> processes = new ArrayList<>(List.of(trial.images));
        for (ReplicaImages other : again(trial.images).stream().toList()) {
            assertThat(trial.ready(other, attempt, first)).hasSameSizeAs(trial.before);
            processes.add(other);
        }
        for (ReplicaImages each : processes) {
            each.release(attempt);
            each.release(attempt);
        }
        assertThat(attachedNow(trial)).containsExactlyInAnyOrderElementsOf(ids(second));
        trial.images.release(trial.attempt("b1", 2));
        assertThat(attachedNow(trial)).isEmpty();
    }

    @Test
    @DisplayName("IMG-23 a database's volumes are named, at most one per replica, the same at each call, none twice")
    default void namesVolumes() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Optional<ReplicaVolumes> port = volumes(trial.images);
        assumeTrue(port.isPresent(), "not verified: the host has no volumes");
        List<ReplicaVolume> volumes = port.get().of(database());
        assumeTrue(!volumes.isEmpty(), "not verified: the host names no volume");
        List<String> replicas =
                volumes.stream().map(volume -> "replica " + volume.replica()).toList();
        assertThat(replicas).doesNotHaveDuplicates();
        assertThat(volumes).allSatisfy(volume -> {
            assertThat(volume.replica()).isBetween(0, trial.before.size() - 1);
            assertThat(volume.volume())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(1_024)
                    .matches("\\P{Cntrl}+");
        });
        assertThat(port.get().of(database())).containsExactlyInAnyOrderElementsOf(volumes);
        List<String> names = new ArrayList<>();
        volumes.forEach(volume -> names.add(volume.volume()));
        port.get().of(neighbour()).forEach(volume -> names.add(volume.volume()));
        assertThat(names).doesNotHaveDuplicates();
        try {
            assertThat(port.get().of(new DatabaseId("no-such-db"))).isEmpty();
        } catch (BackupException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
