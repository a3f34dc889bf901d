package io.parix.backup.examples.quickstart;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Backups;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.JobStatus;
import io.parix.backup.Progress;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Restores;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.examples.parts.PageText;
import io.parix.backup.examples.parts.ProfileFile;
import io.parix.backup.examples.parts.Refused;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * One embedded engine for one cluster of stopped data files, with its catalog in an H2 file: how a service of yours would put
 * the SDK to work. Started again after a kill, it goes on with the job that was under way as soon as that one's lease has
 * lapsed; whoever asked for it asks again with the same idempotency key, and waits for the same job.
 */
final class Installation implements AutoCloseable {
    static final DatabaseId DATABASE = new DatabaseId("quickstart");
    private static final Actor ACTOR = new Actor("quickstart");
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Screen screen;
    private final JdbcCatalog catalog;
    private final ParixBackup parix;
    private final DatabaseId database;
    private final Store store;

    /** Where things lie. */
    record Places(Path images, Path restored, Path spool, Path catalog) {}

    /** Which database, the cluster that it is, where things lie, where its backups go, and how patient the engine is. */
    record Plan(DatabaseProfile database, String cluster, Places places, Store store, Scale scale) {}

    Installation(Screen screen, Plan plan) {
        this.screen = screen;
        this.database = plan.database().id();
        this.store = plan.store();
        this.catalog = JdbcCatalog.open(
                DatabaseUrl.of("jdbc:h2:" + plan.places().catalog().resolve("catalog")), CatalogSettings.defaults());
        this.parix = engine(plan).start();
    }

    private ParixBackup engine(Plan plan) {
        Places places = plan.places();
        ProfileFile profile = new ProfileFile(plan.database(), places.catalog().resolve("status"));
        ClusterControl control = ClusterControl.filesOnly((call, status) -> profile.move(status));
        int replicas = plan.database().shape().nodeCount();
        InstantSource clock = InstantSource.system();
        ClusterPlace from = new ClusterPlace(database, places.images(), plan.cluster(), replicas);
        ClusterPlace to = new ClusterPlace(database, places.restored(), plan.cluster(), replicas);
        return plan.store()
                .joins(ParixBackup.builder())
                .catalog(catalog)
                .directory(profile)
                .images(new DirectoryCluster(from, control, clock))
                .restoreHost(new DirectoryCluster(to, control, clock))
                .storage(plan.store().location())
                .settings(EngineSettings.builder()
                        .spool(places.spool())
                        .lease(plan.scale().lease())
                        .bandwidth(plan.scale().bandwidth())
                        .build())
                .build();
    }

    /** Asks for a backup, or again for the one that was asked for with this key, and waits for its end. */
    Backup backup(String key) {
        Backups backups = parix.backups();
        BackupAnswer answer = backups.request(new BackupRequest(database, ACTOR, key));
        if (answer instanceof BackupAnswer.Refused refused) {
            throw new Refused("not-available", refused.report().reasons());
        }
        BackupId id = ((BackupAnswer.Accepted) answer).backup().id();
        await(() -> looked(find(id)));
        Backup ended = find(id);
        ended.failed().ifPresent(failure -> {
            throw Refused.by(failure);
        });
        return ended;
    }

    Backup find(BackupId id) {
        return parix.backups().find(id).orElseThrow();
    }

    List<String> page() {
        return PageText.read(parix.backupsPage(), database, ACTOR);
    }

    /** Asks for a restore, or again for the one that was asked for with this key, without waiting. */
    RestoreAnswer askRestore(BackupId backup, String name, String key) {
        return parix.restores().request(new RestoreRequest(backup, name, ACTOR, key));
    }

    /** Waits for a restore's end. */
    Restore await(Restore restore) {
        Restores restores = parix.restores();
        await(() -> looked(restores.find(restore.id()).orElseThrow()));
        return restores.find(restore.id()).orElseThrow();
    }

    private record Look(JobStatus status, Progress progress) {}

    private static Look looked(Backup backup) {
        return new Look(backup.status(), backup.progress());
    }

    private static Look looked(Restore restore) {
        return new Look(restore.status(), restore.progress());
    }

    private void await(Supplier<Look> look) {
        for (Look now = look.get(); !now.status().ended(); now = look.get()) {
            screen.progress(now.progress());
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            throw new Refused("interrupted", "It was waiting for a job.");
        }
    }

    @Override
    public void close() {
        parix.close();
        catalog.close();
        store.close();
    }
}
