package io.parix.backup.examples.embed;

import io.parix.backup.Actor;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Embeds the SDK for one cluster of stopped data files in a directory.
 *
 * @param parix the engine
 * @param catalog its catalog, closed after it
 */
public record Embed(ParixBackup parix, JdbcCatalog catalog) implements AutoCloseable {

    /**
     * Builds an engine.
     *
     * @param database what the directory of databases says of the one that there is
     * @param data where its data files lie
     * @param home where the catalog and the backups shall lie
     * @param listener hears when a backup is done
     * @return the engine, started
     */
    public static Embed start(DatabaseProfile database, Path data, Path home, BackupListener listener) {
        // README: begin
        // The catalog is an H2 in a file; with PostgreSQL, hand in a pool. It is closed after the engine.
        JdbcCatalog catalog =
                JdbcCatalog.open(DatabaseUrl.of("jdbc:h2:" + home.resolve("catalog")), CatalogSettings.defaults());
        ClusterPlace place =
                new ClusterPlace(database.id(), data, "1", database.shape().nodeCount());
        // Nobody runs this cluster, so stopping, starting and moving the profile are done at once.
        ClusterControl control = ClusterControl.filesOnly((call, status) -> HostAnswer.done());
        DirectoryCluster cluster = new DirectoryCluster(place, control, InstantSource.system());

        ParixBackup parix = ParixBackup.builder()
                .catalog(catalog)
                .directory(id -> id.equals(database.id())
                        ? new DatabaseFacts.Live(database)
                        : new DatabaseFacts.Unknown("there is no row for " + id))
                .images(cluster)
                .restoreHost(cluster)
                .storage(new StorageLocation(
                        "local", Map.of("root", home.resolve("store").toString()), new KeyPrefix("parix")))
                .listener(listener)
                .build()
                .start();

        BackupAnswer answer = parix.backups().request(BackupRequest.of(database.id(), new Actor("ada@example.com")));
        if (answer instanceof BackupAnswer.Refused refused) {
            refused.report().failures().forEach(check -> System.out.println(check.sentence()));
        }
        // README: end
        return new Embed(parix, catalog);
    }

    @Override
    public void close() {
        parix.close();
        catalog.close();
    }
}
