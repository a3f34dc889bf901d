package io.parix.backup.testkit.engine;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A production engine over everything in memory, one database of three tiny replicas, and a clock that is moved. */
final class EngineFixture implements AutoCloseable {
    static final DatabaseId DATABASE = new DatabaseId("db-1");
    static final Actor ACTOR = new Actor("ada");
    static final String NAME = "ledger of record";

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final InMemoryCatalog catalog = new InMemoryCatalog(clock);
    final InMemoryHost host = new InMemoryHost(clock);
    final InMemoryProvider provider = new InMemoryProvider(clock);
    final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    final List<BackupEvent> events = new ArrayList<>();
    AccessPolicy access = AccessPolicy.allowAll();
    final ParixBackup parix;

    EngineFixture() {
        this(EngineSettings.builder());
    }

    EngineFixture(EngineSettings.Builder settings) {
        host.put(profile(), files(cluster()));
        parix = ParixBackup.builder()
                .catalog(catalog)
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .listener(events::add)
                .access((actor, action, database) -> access.allows(actor, action, database))
                .random(new Random(7))
                .settings(settings.segmentSize(ByteSize.mebibytes(1))
                        .transferWorkers(1)
                        .build())
                .build()
                .start();
    }

    static SyntheticCluster cluster() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build();
    }

    static List<byte[]> files(SyntheticCluster cluster) {
        return cluster.images().stream().map(EngineFixture::bytes).toList();
    }

    private static byte[] bytes(SparseImage image) {
        try {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(image.length()));
            image.read(0, all);
            return all.array();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                DATABASE, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }

    InMemoryObjectStore store() {
        return provider.place("bucket");
    }

    BackupAnswer request() {
        return parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
    }

    /** Asks for a backup and lets it run to its end. */
    Backup backup() {
        Backup asked = ((BackupAnswer.Accepted) request()).backup();
        dispatcher.runUntilQuiet();
        clock.advance(Duration.ofMinutes(1));
        return parix.backups().find(asked.id()).orElseThrow();
    }

    RestoreAnswer requestRestore(Backup backup) {
        return parix.restores().request(new RestoreRequest(backup.id(), NAME, ACTOR));
    }

    /** Asks for a restore and lets it run to its end. */
    Restore restore(Backup backup) {
        Restore asked = ((RestoreAnswer.Accepted) requestRestore(backup)).restore();
        dispatcher.runUntilQuiet();
        return parix.restores().find(asked.id()).orElseThrow();
    }

    List<BackupEvent.Kind> kinds() {
        return events.stream().map(BackupEvent::kind).toList();
    }

    @Override
    public void close() {
        parix.close();
    }
}
