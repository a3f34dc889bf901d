package io.parix.backup.benchmarks;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.InstantSource;
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
        TinyLedger.in(host, MADE, SERVED);
        TinyLedger.in(host, ASKED, NOT_SERVED);
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
}
