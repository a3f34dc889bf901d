package io.parix.backup.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolume.ImageFrom;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine on Cloud Storage and Compute Engine: snapshots of volumes beside the exports, from the request to their removal. */
class GcpVolumeStoryTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Actor ACTOR = new Actor("ada");
    private static final int REPLICAS = 3;

    private final FakeVolumes volumes = new FakeVolumes();
    private final InMemoryHost host = new InMemoryHost(volumes.clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(volumes.clock);
    private final InMemoryCatalog catalog = new InMemoryCatalog(volumes.clock);
    private final List<String> lies = IntStream.range(0, REPLICAS)
            .mapToObj(i -> volumes.server.disks().disk("zones/europe-west3-a"))
            .toList();
    private final SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(200 * 4096))
            .seed(11)
            .build();

    @AfterEach
    void close() {
        volumes.close();
    }

    private ParixBackup engine(ImageFrom from) {
        Shape shape = new Shape(
                REPLICAS, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        host.put(
                new DatabaseProfile(
                        DATABASE,
                        "ledger of record",
                        DatabaseStatus.ACTIVE,
                        "europe-west3",
                        GcpProvider.ID,
                        shape,
                        List.of()),
                cluster.images().stream().map(SparseImage::bytes).toList());
        host.volumes(
                DATABASE,
                IntStream.range(0, REPLICAS)
                        .mapToObj(i -> new ReplicaVolume(i, lies.get(i), FakeVolumes.ZONE, from))
                        .toList());
        StorageLocation place = volumes.location();
        return ParixBackup.builder()
                .catalog(catalog)
                .directory(host)
                .images(host)
                .volumes(host)
                .restoreHost(host)
                .provider(volumes.provider())
                .storage(new StorageLocation(place.provider(), place.settings(), new KeyPrefix("parix")))
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(volumes.clock)
                .random(new Random(7))
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .build())
                .build()
                .start();
    }

    private Backup ask(ParixBackup parix) {
        return ((BackupAnswer.Accepted) parix.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
    }

    private static Backup find(ParixBackup parix, Backup backup) {
        return parix.backups().find(backup.id()).orElseThrow();
    }

    /** Lets so much time pass, waking whoever is to be woken in it, and says what a backup waited for. */
    private Set<String> elapse(Duration time, ParixBackup parix, Backup watched) {
        Set<String> reasons = new HashSet<>();
        Instant end = volumes.clock.instant().plus(time);
        while (volumes.clock.instant().isBefore(end)) {
            volumes.clock.advance(Duration.ofSeconds(5));
            for (boolean more = true; more; ) {
                more = dispatcher.runNext();
            }
            parix.backups().find(watched.id()).ifPresent(seen -> reasons.add(String.valueOf(seen)));
        }
        return reasons;
    }

    private void day() {
        volumes.clock.advance(Duration.ofDays(1));
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    private Backup backup(ParixBackup parix) {
        volumes.server.disks().pending(Duration.ofMinutes(1));
        Backup asked = ask(parix);
        elapse(Duration.ofMinutes(8), parix, asked);
        Backup made = find(parix, asked);
        assertThat(made.status()).as(String.valueOf(made)).isEqualTo(JobStatus.COMPLETED);
        return made;
    }

    private static List<ReplicaSnapshot> snapshots(Backup backup) {
        return backup.completed().orElseThrow().snapshots();
    }

    @Test
    @DisplayName("C1, C8 a backup waits for its snapshots without a thread, says what for, and records them usable")
    void records() {
        try (ParixBackup parix = engine(ImageFrom.HOST)) {
            Backup asked = ask(parix);
            Set<String> reasons = elapse(Duration.ofMinutes(9), parix, asked);
            assertThat(find(parix, asked).status()).isEqualTo(JobStatus.RUNNING);
            assertThat(reasons).anyMatch(each -> each.contains("snapshot of replica 2 is pending"));
            elapse(Duration.ofMinutes(5), parix, asked);
            Backup made = find(parix, asked);
            assertThat(made.status()).as(String.valueOf(made)).isEqualTo(JobStatus.COMPLETED);
            assertThat(snapshots(made)).hasSize(REPLICAS).allSatisfy(each -> {
                assertThat(each.state()).isEqualTo(ReplicaSnapshot.State.USABLE);
                assertThat(each.volume()).isEqualTo(lies.get(each.replica()));
                assertThat(volumes.named(each.name())).isEqualTo(1);
            });
        }
    }

    @Test
    @DisplayName("A6 limits, throttling, a failing server and lost answers delay the snapshots, and each name has one")
    void survivesTrouble() {
        FakeGce server = volumes.server;
        server.disks().lag(Duration.ofSeconds(3));
        server.next("snapshots.insert", FakeGce.error(403, "rateLimitExceeded"));
        server.next("snapshots.insert", FakeGce.error(403, "quotaExceeded"));
        server.next("snapshots.insert", FakeGce.lostAnswer());
        server.next("snapshots.get", FakeGce.error(503, "backendError"));
        try (ParixBackup parix = engine(ImageFrom.HOST)) {
            Backup made = backup(parix);
            assertThat(snapshots(made)).hasSize(REPLICAS).allSatisfy(each -> {
                assertThat(each.state()).isEqualTo(ReplicaSnapshot.State.USABLE);
                assertThat(volumes.named(each.name())).isEqualTo(1);
            });
            assertThat(server.disks().size()).isEqualTo(REPLICAS);
        }
    }

    @Test
    @DisplayName(
            "H3 clean-up of an expired backup removes its snapshots, sees them gone, and leaves its neighbour's and others'")
    void removes() {
        volumes.server.disks().deleting(Duration.ofMinutes(5));
        volumes.server.disks().add("of-somebody-else", lies.get(0), Map.of());
        try (ParixBackup parix = engine(ImageFrom.HOST)) {
            Backup old = backup(parix);
            IntStream.range(0, 6).forEach(i -> day());
            Backup young = backup(parix);
            assertThat(volumes.server.disks().size()).isEqualTo(2 * REPLICAS + 1);
            volumes.server.forget();
            day();
            IntStream.range(0, 10).forEach(i -> {
                volumes.clock.advance(Duration.ofHours(1));
                dispatcher.tick();
                dispatcher.runUntilQuiet();
            });
            assertThat(catalog.find(old.id().value())).isEmpty();
            assertThat(volumes.server.disks().size()).isEqualTo(REPLICAS + 1);
            assertThat(snapshots(find(parix, young)))
                    .allSatisfy(each -> assertThat(volumes.named(each.name())).isEqualTo(1));
            List<String> actions = new ArrayList<>(volumes.server.operations());
            actions.removeIf(each -> !each.equals("snapshots.delete"));
            assertThat(actions).hasSizeGreaterThanOrEqualTo(REPLICAS);
        }
    }

    @Test
    @DisplayName(
            "C1 images are read from volumes that are made of the snapshots, which are deleted once they were read")
    void readsFromVolumes() {
        try (ParixBackup parix = engine(ImageFrom.SNAPSHOT)) {
            Backup made = backup(parix);
            assertThat(snapshots(made)).hasSize(REPLICAS);
            assertThat(volumes.server.operations()).contains("disks.insert", "disks.delete");
            assertThat(snapshots(made))
                    .allSatisfy(each -> assertThat(volumes.server.disks().disks("parix-volume", each.name()))
                            .isEmpty());
            assertThat(volumes.server.disks().size()).isEqualTo(REPLICAS);
        }
    }
}
