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
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.EngineSettingsBuilder;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.BackupListener;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.host.InMemoryKeys;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A production engine over everything in memory, one database of three tiny replicas, and a clock that is moved. */
final class EngineFixture implements AutoCloseable {
    static final DatabaseId DATABASE = new DatabaseId("db-1");
    static final Actor ACTOR = new Actor("ada");
    static final String NAME = "ledger of record";

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final Faults faults = Faults.on(clock);
    final InMemoryCatalog catalog = new InMemoryCatalog(clock);
    final InMemoryHost host = new InMemoryHost(clock);
    final InMemoryKeys keys = new InMemoryKeys();
    final InMemoryProvider places = new InMemoryProvider(clock);
    final BackupProvider provider = faults.before(BackupProvider.class, places);
    final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    final List<BackupEvent> events = new ArrayList<>();
    final EngineSettings settings;
    AccessPolicy access = AccessPolicy.allowAll();
    volatile BackupListener heard = event -> {};
    final ParixBackup parix;

    EngineFixture() {
        this(EngineSettings.builder());
    }

    EngineFixture(EngineSettingsBuilder settings) {
        host.put(profile(), files(cluster()));
        this.settings =
                settings.segmentSize(ByteSize.mebibytes(1)).transferWorkers(1).build();
        parix = engine(catalog, provider, dispatcher, 7).start();
    }

    /** The way of one worker to the catalog, with faults of its own on it. */
    Catalog catalog(Fault... ofItsOwn) {
        Faults own = Faults.on(clock);
        List.of(ofItsOwn).forEach(own::add);
        return own.before(Catalog.class, catalog);
    }

    /** Another engine on the same host and store, not started. */
    ParixBackup engine(Catalog over, BackupProvider through, Dispatcher woken, int seed) {
        return builder(over, through, woken, seed).build();
    }

    /** The same, to be changed before it is built. */
    ParixBackupBuilder builder(Catalog over, BackupProvider through, Dispatcher woken, int seed) {
        return ParixBackup.builder()
                .catalog(faults.before(Catalog.class, over))
                .directory(faults.before(DatabaseDirectory.class, host))
                .images(faults.before(ReplicaImages.class, host))
                .volumes(faults.before(ReplicaVolumes.class, host))
                .keys(faults.before(KeyPort.class, keys))
                .restoreHost(faults.before(RestoreHost.class, host))
                .provider(through)
                .storage(location())
                .dispatcher(faults.before(Dispatcher.class, woken))
                .executor(Runnable::run)
                .clock(clock)
                .listening(Runnable::run)
                .listener(event -> {
                    events.add(event);
                    heard.on(event);
                })
                .access((actor, action, database) -> access.allows(actor, action, database))
                .random(new Random(seed))
                .settings(settings);
    }

    StorageLocation location() {
        return places.location("bucket", new KeyPrefix("parix"));
    }

    /** Lets another worker take up what is left: a lease later, as often as a job may have been claimed. */
    void carryOn(SteppedDispatcher other) {
        for (int i = 0; i < 3; i++) {
            clock.advance(settings.work().lease().plusSeconds(1));
            other.tick();
            other.runUntilQuiet();
        }
    }

    /** Every object that no completed backup names (spec B3, B7). */
    List<String> unowned() {
        ArchiveKeys keys = new ArchiveKeys(new KeyPrefix("parix"), DATABASE);
        Set<String> owned = new HashSet<>();
        try (ProviderSession session = provider.open(location())) {
            CallContext call =
                    new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.MANIFEST);
            ManifestStore manifests =
                    new ManifestStore(new ArchivePlace(session.objects(), keys, KeyPort.none()), call);
            for (Backup backup : parix.backups().history(DATABASE, 100)) {
                if (backup.status() == JobStatus.COMPLETED) {
                    owned.add(keys.manifest(backup.id()).value());
                    manifests.read(backup.id()).manifest().replicas().stream()
                            .flatMap(replica -> replica.index().stream())
                            .forEach(index ->
                                    owned.add(keys.resolve(index.name()).value()));
                }
            }
        }
        return archived().stream()
                .filter(key -> !owned.contains(key))
                .filter(key -> catalog.needing(
                                DATABASE, key.substring(keys.root().value().length() + 1))
                        .isEmpty())
                .toList();
    }

    /** The keys of all objects but the mark of who writes here. */
    List<String> archived() {
        return store().keys().stream()
                .map(ObjectKey::value)
                .filter(key -> !key.startsWith("parix/parix-installation-"))
                .toList();
    }

    static SyntheticCluster cluster() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build();
    }

    static List<byte[]> files(SyntheticCluster cluster) {
        return cluster.images().stream().map(SparseImage::bytes).toList();
    }

    static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                DATABASE, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of());
    }

    /** What the host was asked to do, in order: {@code capture b1-1}, {@code swap r1}. */
    List<String> asked() {
        return faults.log().on(ReplicaImages.class, RestoreHost.class).effects().lines();
    }

    InMemoryObjectStore store() {
        return places.place("bucket");
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
        return parix.restores().request(RestoreRequest.of(backup.id(), NAME, ACTOR));
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
