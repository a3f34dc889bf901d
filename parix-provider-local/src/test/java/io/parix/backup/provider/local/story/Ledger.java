package io.parix.backup.provider.local.story;

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
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A database whose tiny files lie in a directory, its catalog, and one process after another that works on it. */
final class Ledger {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Actor ACTOR = new Actor("ada");
    private static final String NAME = "ledger of record";
    private static final SyntheticCluster SAVED = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(40 * 4096))
            .seed(11)
            .build();

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final Faults faults = Faults.on(clock);
    private final InMemoryCatalog catalog = new InMemoryCatalog(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);
    private final Path directory;
    private final Random random = new Random(7);
    private final Backup backup;
    private final List<ByteBuffer> saved;
    private final List<ByteBuffer> old;
    private DatabaseStatus status = DatabaseStatus.ACTIVE;
    private boolean quorum = true;
    private SteppedDispatcher dispatcher = new SteppedDispatcher(clock);

    /** Backs the files up, then lets the cluster live on, so that old and restored files differ. */
    Ledger(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        SAVED.writeTo(directory);
        saved = live();
        try (ParixBackup parix = process(place -> {})) {
            BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
            dispatcher.runUntilQuiet();
            backup = parix.backups()
                    .find(((BackupAnswer.Accepted) answer).backup().id())
                    .orElseThrow();
        }
        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        SAVED.nextCheckpoint(0.5).writeChanges(directory, SAVED);
        old = live();
        assertThat(old).doesNotContainAnyElementsOf(saved);
    }

    /** The restored cluster will never confirm, so that the restore must go back. */
    Ledger withoutQuorum() {
        quorum = false;
        return this;
    }

    /** A fresh process on the same catalog and directory. */
    ParixBackup process(TroubledHost.Trouble trouble) {
        dispatcher = new SteppedDispatcher(clock);
        DirectoryCluster cluster =
                new DirectoryCluster(new ClusterPlace(DATABASE, directory, "1", 3), control(), clock);
        return ParixBackup.builder()
                .catalog(catalog)
                .directory(id -> new DatabaseFacts.Live(profile()))
                .images(cluster)
                .restoreHost(new TroubledHost(cluster, trouble))
                .provider(faults.before(BackupProvider.class, provider))
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(clock)
                .random(random)
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .transferWorkers(1)
                        .build())
                .build()
                .start();
    }

    private ClusterControl control() {
        ClusterControl files = ClusterControl.filesOnly((call, to) -> {
            status = to;
            return HostAnswer.done();
        });
        return quorum ? files : new NoQuorum(files);
    }

    private DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(DATABASE, NAME, status, "here", InMemoryProvider.ID, shape, List.of());
    }

    RestoreId ask(ParixBackup parix) {
        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(backup.id(), NAME, ACTOR));
        return ((RestoreAnswer.Accepted) answer).restore().id();
    }

    /** Works until nothing is left to do; the lease of a process that died has run out before. */
    Restore work(ParixBackup parix, RestoreId restore) {
        clock.advance(Duration.ofMinutes(2));
        dispatcher.tick();
        dispatcher.runUntilQuiet();
        return parix.restores().find(restore).orElseThrow();
    }

    DatabaseStatus status() {
        return status;
    }

    boolean holdsSaved() throws IOException {
        return live().equals(saved);
    }

    boolean holdsOld() throws IOException {
        return live().equals(old);
    }

    /** Every data file is one that was there before or the one from the backup, whole. */
    void assertEachFileIsWhole() throws IOException {
        List<ByteBuffer> live = live();
        for (int i = 0; i < live.size(); i++) {
            assertThat(live.get(i)).as("replica %d", i).isIn(old.get(i), saved.get(i));
        }
    }

    /** Nothing of a restore is left but what keeps workers of the past out. */
    void assertNothingIsLeft() throws IOException {
        try (var names = Files.walk(directory)) {
            assertThat(names.filter(Files::isRegularFile)
                            .map(path -> directory.relativize(path).toString()))
                    .containsExactlyInAnyOrder(
                            "1_0.tigerbeetle",
                            "1_1.tigerbeetle",
                            "1_2.tigerbeetle",
                            ".parix-restore/fence-" + DATABASE,
                            ".parix-restore/lock");
        }
    }

    private List<ByteBuffer> live() throws IOException {
        List<ByteBuffer> live = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            live.add(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("1_" + i + ".tigerbeetle"))));
        }
        return live;
    }
}
