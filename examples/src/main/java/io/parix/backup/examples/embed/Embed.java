package io.parix.backup.examples.embed;

import io.parix.backup.Actor;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Embeds the SDK for one cluster of stopped data files in a directory. */
public final class Embed {
    private Embed() {}

    /**
     * Builds an engine.
     *
     * @param database what the directory of databases says of the one that there is
     * @param data where its data files lie
     * @param store where its backups shall lie
     * @param listener hears when a backup is done
     * @return the engine, started
     */
    public static ParixBackup start(DatabaseProfile database, Path data, Path store, BackupListener listener) {
        // README: begin
        InstantSource clock = InstantSource.system();
        ClusterPlace place =
                new ClusterPlace(database.id(), data, "1", database.shape().nodeCount());
        // Nobody runs this cluster, so stopping, starting and moving the profile are done at once.
        ClusterControl control = ClusterControl.filesOnly((call, status) -> HostAnswer.done());
        DirectoryCluster cluster = new DirectoryCluster(place, control, clock);

        ParixBackup parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(id -> id.equals(database.id())
                        ? new DatabaseFacts.Live(database)
                        : new DatabaseFacts.Unknown("there is no row for " + id))
                .images(cluster)
                .restoreHost(cluster)
                .storage(new StorageLocation("local", Map.of("root", store.toString()), new KeyPrefix("parix")))
                .listener(listener)
                .build()
                .start();

        BackupAnswer answer = parix.backups().request(BackupRequest.of(database.id(), new Actor("ada@example.com")));
        if (answer instanceof BackupAnswer.Refused refused) {
            refused.report().failures().forEach(check -> System.out.println(check.sentence()));
        }
        // README: end
        return parix;
    }
}
