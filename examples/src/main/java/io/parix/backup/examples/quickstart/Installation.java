package io.parix.backup.examples.quickstart;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Backups;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Restores;
import io.parix.backup.Shape;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One embedded engine for one cluster of stopped data files: how a service of yours would put the SDK to work. */
final class Installation implements AutoCloseable {
    static final Actor ACTOR = new Actor("quickstart");
    private static final Duration LOOK = Duration.ofMillis(50);

    private volatile DatabaseProfile profile;
    private final ParixBackup parix;
    private final Screen screen;

    /** Where things lie. */
    record Places(Path images, Path restored, Path store, Path spool) {}

    Installation(Screen screen, DatabaseProfile database, String cluster, Places places) {
        this.screen = screen;
        profile = database;
        ClusterControl control = ClusterControl.filesOnly((call, status) -> {
            profile = withStatus(profile, status);
            return HostAnswer.done();
        });
        int replicas = database.shape().nodeCount();
        InstantSource clock = InstantSource.system();
        ClusterPlace from = new ClusterPlace(database.id(), places.images(), cluster, replicas);
        ClusterPlace to = new ClusterPlace(database.id(), places.restored(), cluster, replicas);
        Map<String, String> store = Map.of("root", places.store().toString());
        parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(id -> id.equals(database.id())
                        ? new DatabaseFacts.Live(profile)
                        : new DatabaseFacts.Unknown("there is one database here: " + database.id()))
                .images(new DirectoryCluster(from, control, clock))
                .restoreHost(new DirectoryCluster(to, control, clock))
                .storage(new StorageLocation("local", store, new KeyPrefix("parix")))
                .settings(EngineSettings.builder().spool(places.spool()).build())
                .build()
                .start();
    }

    /** A small database as a control plane would describe it. */
    static DatabaseProfile profile(String name, int replicas, String tigerBeetleVersion) {
        Shape shape = new Shape(
                replicas,
                2,
                ByteSize.gibibytes(8),
                "local-ssd",
                ByteSize.gibibytes(100),
                "private",
                false,
                tigerBeetleVersion);
        return new DatabaseProfile(
                new DatabaseId("quickstart"), name, DatabaseStatus.ACTIVE, "here", "local", shape, List.of());
    }

    /** Asks for a backup and waits for its end. */
    Backup backup() {
        Backups backups = parix.backups();
        BackupAnswer answer = backups.request(BackupRequest.of(profile.id(), ACTOR));
        if (answer instanceof BackupAnswer.Refused refused) {
            throw new Refused("not-available", refused.report().reasons());
        }
        BackupId id = ((BackupAnswer.Accepted) answer).backup().id();
        Backup ended = await(() -> backups.find(id).orElseThrow());
        ended.failed().ifPresent(failure -> {
            throw Refused.by(failure);
        });
        return ended;
    }

    /** Asks for a restore without waiting. */
    RestoreAnswer askRestore(BackupId backup, String name) {
        return parix.restores().request(new RestoreRequest(backup, name, ACTOR));
    }

    /** Waits for a restore's end. */
    Restore await(Restore restore) {
        Restores restores = parix.restores();
        while (true) {
            Restore now = restores.find(restore.id()).orElseThrow();
            screen.progress(now.progress());
            if (now.status().ended()) {
                return now;
            }
            pause();
        }
    }

    private Backup await(Supplier<Backup> look) {
        while (true) {
            Backup now = look.get();
            screen.progress(now.progress());
            if (now.status().ended()) {
                return now;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.interrupted();
        }
    }

    private static DatabaseProfile withStatus(DatabaseProfile p, DatabaseStatus status) {
        return new DatabaseProfile(p.id(), p.name(), status, p.region(), p.provider(), p.shape(), p.workflows());
    }

    @Override
    public void close() {
        parix.close();
    }
}
