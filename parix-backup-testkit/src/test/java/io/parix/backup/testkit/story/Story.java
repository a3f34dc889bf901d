package io.parix.backup.testkit.story;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One database of three tiny replicas, and another one beside it in the same place, under a production engine. */
final class Story implements AutoCloseable {
    static final DatabaseId DATABASE = new DatabaseId("db-1");
    static final DatabaseId NEIGHBOUR = new DatabaseId("db-2");
    static final SyntheticCluster CLUSTER = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(40 * 4096))
            .seed(11)
            .build();
    private static final Actor ACTOR = new Actor("ada");
    private static final String NAME = "ledger of record";

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final Faults faults = Faults.on(clock);
    final InMemoryHost host = new InMemoryHost(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final ParixBackup parix;

    Story() {
        this(images -> images);
    }

    Story(UnaryOperator<ReplicaImages> images) {
        host.put(profile(DATABASE), files(CLUSTER));
        host.put(profile(NEIGHBOUR), files(CLUSTER));
        parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(host)
                .images(faults.before(ReplicaImages.class, images.apply(host)))
                .restoreHost(faults.before(RestoreHost.class, host))
                .provider(faults.before(BackupProvider.class, provider))
                .storage(provider.location("bucket", new KeyPrefix("parix")))
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(clock)
                .random(new Random(7))
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .transferWorkers(1)
                        .build())
                .build()
                .start();
    }

    /** The bytes of every file of a cluster. */
    static List<byte[]> files(SyntheticCluster cluster) {
        return cluster.images().stream().map(SparseImage::bytes).toList();
    }

    private static DatabaseProfile profile(DatabaseId id) {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                id, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }

    /** What the host was asked to do, in order: {@code capture b1-1}, {@code swap r1}. */
    List<String> asked() {
        return faults.log().on(ReplicaImages.class, RestoreHost.class).effects().lines();
    }

    InMemoryObjectStore store() {
        return provider.place("bucket");
    }

    /** Asks for a backup and lets it run to its end. */
    Backup backup(DatabaseId database) {
        Backup asked = ((BackupAnswer.Accepted) parix.backups().request(BackupRequest.of(database, ACTOR))).backup();
        dispatcher.runUntilQuiet();
        clock.advance(Duration.ofMinutes(1));
        return parix.backups().find(asked.id()).orElseThrow();
    }

    Backup backup() {
        return backup(DATABASE);
    }

    RestoreAnswer requestRestore(Backup backup) {
        return parix.restores().request(RestoreRequest.of(backup.id(), NAME, ACTOR));
    }

    /** Lets an accepted restore run to its end. */
    Restore finish(RestoreAnswer.Accepted accepted) {
        dispatcher.runUntilQuiet();
        return parix.restores().find(accepted.restore().id()).orElseThrow();
    }

    Verification verify(Backup backup, VerificationLevel level) {
        return parix.backups().verify(backup.id(), level, ACTOR);
    }

    /** The live files as they are now; compared by content. */
    List<ByteBuffer> live() {
        return contents(host.files(DATABASE));
    }

    static List<ByteBuffer> contents(List<byte[]> files) {
        return files.stream().map(file -> ByteBuffer.wrap(file.clone())).toList();
    }

    DatabaseStatus status() {
        return ((DatabaseFacts.Live) host.look(DATABASE)).profile().status();
    }

    /** Everything that lies in the store, by name. */
    Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        CallContext call = new CallContext(Duration.ofMinutes(1), () -> false, "story", CallContext.Purpose.DATA);
        for (ObjectKey key : store().keys()) {
            try (InputStream bytes = store().get(key, null, call)) {
                stored.put(key.value(), HexFormat.of().formatHex(bytes.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stored;
    }

    @Override
    public void close() {
        parix.close();
    }
}
