package io.parix.backup.examples.twonodes;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.examples.parts.ProfileFile;
import io.parix.backup.examples.parts.SmallDatabase;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.provider.local.cluster.ClusterControl;
import io.parix.backup.provider.local.cluster.ClusterPlace;
import io.parix.backup.provider.local.cluster.DirectoryCluster;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What every process of the installation has in common: the database, where its files and its backups lie, and how the engine
 * is set.
 *
 * @param home where everything but the catalog lies
 * @param database the one database
 */
record Site(Path home, DatabaseId database) {
    static final String NAME = "ledger";
    static final int REPLICAS = 3;

    /** How long a process that says nothing keeps its job: the other one waits as long at most, and a second or two. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final String CLUSTER = "1";
    private static final String PREFIX = "parix";
    private static final Duration OFTEN = Duration.ofMillis(500);

    /** A store that is slow enough to find an export in its middle. */
    private static final ByteSize BANDWIDTH = ByteSize.mebibytes(2);

    /**
     * What one process does.
     *
     * @param name its name
     * @param regions whose jobs it runs
     * @param images what it does to the port of images, to be seen at work
     */
    record Role(String name, Set<String> regions, UnaryOperator<ReplicaImages> images) {}

    void make() throws IOException {
        Files.createDirectories(cluster());
        Files.createDirectories(store());
    }

    Path cluster() {
        return home.resolve("cluster");
    }

    /** Where the segments of a database's backups lie. */
    Path segments() {
        return store().resolve(PREFIX).resolve(database.value()).resolve("segments");
    }

    private Path store() {
        return home.resolve("store");
    }

    /** One process's engine on the common catalog, not started. */
    ParixBackup engine(JdbcCatalog catalog, Role role) throws IOException {
        ProfileFile profile = new ProfileFile(
                SmallDatabase.profile(database, NAME, "local", REPLICAS, "0.17.8"), home.resolve("status"));
        DirectoryCluster cluster = new DirectoryCluster(
                new ClusterPlace(database, cluster(), CLUSTER, REPLICAS),
                ClusterControl.filesOnly((call, status) -> profile.move(status)),
                InstantSource.system());
        // The dispatcher's patience with a silent process is no longer than the lease.
        DispatchSettings dispatch = DispatchSettings.builder()
                .pollEvery(OFTEN)
                .tickEvery(OFTEN)
                .deadAfter(LEASE)
                .build();
        return ParixBackup.builder()
                .catalog(catalog)
                .dispatcher(new JdbcDispatcher(catalog, dispatch))
                .regions(role.regions())
                .directory(profile)
                .images(role.images().apply(cluster))
                .restoreHost(cluster)
                .storage(new StorageLocation("local", Map.of("root", store().toString()), new KeyPrefix(PREFIX)))
                .settings(EngineSettings.builder()
                        .lease(LEASE)
                        .bandwidth(BANDWIDTH)
                        .segmentSize(Scale.chosen().segment())
                        .spool(Files.createDirectories(home.resolve("spool-" + role.name())))
                        .build())
                .build();
    }
}
