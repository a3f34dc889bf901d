package io.parix.backup.benchmarks;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Two backups that the library wrote itself, from which the others are copied.
 *
 * @param completed one that was made
 * @param waiting one that was asked for, in a region that nobody serves
 */
record WrittenBackups(JobRecord completed, JobRecord waiting) {
    private static final DatabaseId MADE = new DatabaseId("db-written-1");
    private static final DatabaseId ASKED = new DatabaseId("db-written-2");
    private static final Actor ACTOR = new Actor("benchmark");
    private static final String SERVED = "eu-central-1";
    private static final String NOT_SERVED = "us-east-1";

    /** Asks the library for both, through its api. */
    static WrittenBackups in(JdbcCatalog catalog) throws InterruptedException {
        InMemoryHost host = new InMemoryHost(InstantSource.system());
        InMemoryProvider provider = new InMemoryProvider(InstantSource.system());
        host.put(profile(MADE, SERVED), files());
        host.put(profile(ASKED, NOT_SERVED), files());
        try (ParixBackup engine = ParixBackup.builder()
                .catalog(catalog)
                .dispatcher(new JdbcDispatcher(catalog, DispatchSettings.defaults()))
                .regions(Set.of(SERVED))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .build()
                .start()) {
            Backup asked = ask(engine, ASKED);
            Backup made = ask(engine, MADE);
            while (!engine.backups().find(made.id()).orElseThrow().status().ended()) {
                Waiting.aMoment();
            }
            return new WrittenBackups(
                    catalog.find(made.id().value()).orElseThrow(),
                    catalog.find(asked.id().value()).orElseThrow());
        }
    }

    private static Backup ask(ParixBackup engine, DatabaseId database) {
        return ((BackupAnswer.Accepted) engine.backups().request(BackupRequest.of(database, ACTOR))).backup();
    }

    private static DatabaseProfile profile(DatabaseId database, String region) {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                database, "ledger", DatabaseStatus.ACTIVE, region, InMemoryProvider.ID, shape, List.of());
    }

    private static List<byte[]> files() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build()
                .images()
                .stream()
                .map(SparseImage::bytes)
                .toList();
    }
}
