package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.contract.BackupProviderContract;
import io.parix.backup.testkit.contract.CatalogContract;
import io.parix.backup.testkit.contract.DispatchContract;
import io.parix.backup.testkit.contract.KeyPortContract;
import io.parix.backup.testkit.contract.ObjectStoreContract;
import io.parix.backup.testkit.contract.ReplicaImagesContract;
import io.parix.backup.testkit.contract.RestoreHostContract;
import io.parix.backup.testkit.contract.VolumeSnapshotsContract;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.host.InMemoryKeys;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;
import io.parix.backup.testkit.store.SnapshotTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What stands behind faults of which none is in force passes the suites that it passes without. */
class BehindFaultsTest {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00.123456789Z"));
    private final Faults none = Faults.on(clock);

    @AfterEach
    void wasAsked() {
        assertThat(none.inForce()).isEmpty();
        assertThat(none.log().struck().entries()).isEmpty();
    }

    @Nested
    class AStore implements ObjectStoreContract {
        private final InMemoryObjectStore store = new InMemoryObjectStore(clock);

        @Override
        public ObjectStore emptyStore() {
            return none.before(ObjectStore.class, store);
        }

        @Override
        public Optional<ObjectStore> fullStore(ByteSize room) {
            store.limitTo(room);
            return Optional.of(emptyStore());
        }

        @Override
        public Optional<ObjectStore> lostStore() {
            return Optional.of(failing(refused(ErrorKind.UNAVAILABLE, "The place is gone."), "ObjectStore.*"));
        }

        @Override
        public Optional<ObjectStore> forbiddenStore() {
            return Optional.of(failing(
                    refused(ErrorKind.DENIED, "No permission to change anything."),
                    "putIfAbsent",
                    "ObjectStore.delete"));
        }

        @Override
        public Optional<ObjectStore> deniedStore() {
            return Optional.of(failing(refused(ErrorKind.DENIED, "No permission."), "ObjectStore.*"));
        }

        /** An author's own place can be lost and forbidden by faults before it. */
        private ObjectStore failing(Refusal with, String... calls) {
            var unused = store.putIfAbsent(
                    new ObjectKey("kept/object"), ObjectContent.of(new byte[] {1}), StoreFixture.CALL);
            Faults faults = Faults.on(clock);
            for (String each : calls) {
                faults.add(fail(each).with(with));
            }
            return faults.before(ObjectStore.class, store);
        }

        @Override
        public Optional<DeleteOutcome.Locked> lock(ObjectStore behind, ObjectKey key) {
            Instant until = clock.instant().plus(Duration.ofDays(1));
            store.allowLocks();
            store.lock(key, until);
            return Optional.of(new DeleteOutcome.Locked(until));
        }

        @Override
        public boolean truncate(ObjectStore behind, ObjectKey key) {
            store.damage(key, Damage.truncate(1 << 20));
            return true;
        }

        @Override
        public ByteSize largestWrite() {
            return InMemoryObjectStore.LARGEST_WRITE;
        }
    }

    @Nested
    class AProvider implements BackupProviderContract {
        private final InMemoryProvider right = new InMemoryProvider(clock);

        AProvider() {
            var unused = right.volumes("here");
        }

        @Override
        public BackupProvider provider() {
            return none.before(BackupProvider.class, right);
        }

        @Override
        public StorageLocation location() {
            return right.location("here", KeyPrefix.ROOT);
        }

        @Override
        public Set<String> requiredSettings() {
            return Set.of("place");
        }

        @Override
        public boolean discovered() {
            return false;
        }
    }

    @Nested
    class Volumes implements VolumeSnapshotsContract {
        private final InMemoryVolumeSnapshots right = new InMemoryVolumeSnapshots(clock);
        private final SnapshotTimes slow = SnapshotTimes.AT_ONCE
                .taking(Duration.ofMinutes(1), Duration.ofMinutes(10))
                .going(Duration.ofMinutes(5));

        @Override
        public VolumeSnapshots snapshots() {
            right.times(slow);
            right.making(slow.usable());
            return none.before(VolumeSnapshots.class, right);
        }

        @Override
        public List<String> volumes() {
            return List.of("vol-1", "vol-2");
        }

        @Override
        public SnapshotCapabilities capabilities() {
            return right.capabilities();
        }

        @Override
        public void pass() {
            clock.advance(Duration.ofHours(1));
        }

        @Override
        public Optional<VolumeSnapshots> limited() {
            VolumeSnapshots place = snapshots();
            right.times(slow.limited(Duration.ofMinutes(30), 1));
            return Optional.of(place);
        }

        @Override
        public Optional<DeleteOutcome.Locked> lock(VolumeSnapshots place, String name) {
            Instant until = clock.instant().plus(Duration.ofDays(1));
            right.lock(name, until);
            return Optional.of(new DeleteOutcome.Locked(until));
        }

        @Override
        public boolean attach(VolumeSnapshots place, String volume) {
            right.use(volume);
            return true;
        }

        @Override
        public Map<String, String> impossiblePlacement() {
            return Map.of("nowhere", "at all");
        }
    }

    @Nested
    class ACatalog implements CatalogContract {
        @Override
        public Catalog emptyCatalog() {
            return none.before(Catalog.class, new InMemoryCatalog(clock));
        }

        @Override
        public Catalog again(Catalog catalog) {
            return catalog;
        }

        @Override
        public void elapse(Catalog catalog, Duration time) {
            clock.advance(time);
        }
    }

    @Nested
    class ADispatcher implements DispatchContract {
        private final List<SteppedDispatcher> made = new ArrayList<>();

        @Override
        public Dispatcher dispatcher() {
            SteppedDispatcher right = new SteppedDispatcher(clock);
            made.add(right);
            return none.before(Dispatcher.class, right);
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public void settle(Dispatcher dispatcher) {
            made.forEach(each -> {
                for (boolean more = true; more; ) {
                    more = quietly(each::runNext);
                }
                quietly(() -> {
                    each.tick();
                    return false;
                });
            });
        }

        /** It shows its caller what a look throws; another thread would go on. */
        private boolean quietly(BooleanSupplier look) {
            try {
                return look.getAsBoolean();
            } catch (NoClassDefFoundError | ServiceConfigurationError e) {
                return true;
            }
        }
    }

    private InMemoryHost host(DatabaseId... databases) {
        InMemoryHost host = new InMemoryHost(clock);
        Shape shape =
                new Shape(2, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        for (DatabaseId each : databases) {
            host.put(
                    new DatabaseProfile(each, "ledger", DatabaseStatus.ACTIVE, "eu", "memory", shape, List.of()),
                    List.of(bytes(each, 1), bytes(each, 2)));
        }
        return host;
    }

    private static byte[] bytes(DatabaseId database, int seed) {
        byte[] bytes = new byte[50_000];
        new Random(database.hashCode() + seed).nextBytes(bytes);
        return bytes;
    }

    @Nested
    class AHost implements RestoreHostContract {
        private InMemoryHost right = BehindFaultsTest.this.host(database(), neighbour());

        @Override
        public RestoreHost host() {
            right = BehindFaultsTest.this.host(database(), neighbour());
            return none.before(RestoreHost.class, right);
        }

        @Override
        public List<byte[]> live(RestoreHost host, DatabaseId database) {
            return right.files(database);
        }

        @Override
        public Optional<RestoreHost> again(RestoreHost host) {
            return Optional.of(none.before(RestoreHost.class, right));
        }

        @Override
        public Optional<Boolean> running(RestoreHost host, DatabaseId database) {
            return Optional.of(right.running(database));
        }

        @Override
        public Optional<Boolean> keepsOldFiles(RestoreHost host, DatabaseId database) {
            return Optional.of(right.keepsOldFiles(database));
        }

        @Override
        public boolean write(RestoreHost host, DatabaseId database, List<byte[]> files) {
            right.files(database, files);
            return true;
        }
    }

    @Nested
    class Images implements ReplicaImagesContract {
        private InMemoryHost right = BehindFaultsTest.this.host(database(), neighbour());

        @Override
        public ReplicaImages images() {
            right = BehindFaultsTest.this.host(database(), neighbour());
            return none.before(ReplicaImages.class, right);
        }

        @Override
        public List<byte[]> live(ReplicaImages images, DatabaseId database) {
            return right.files(database);
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public void elapse(Duration time) {
            clock.advance(time);
        }

        @Override
        public boolean write(ReplicaImages images, DatabaseId database, List<byte[]> files) {
            right.files(database, files);
            return true;
        }
    }

    @Nested
    class Keys implements KeyPortContract {
        private final InMemoryKeys right = InMemoryKeys.sealing();

        @Override
        public KeyPort keys() {
            return none.before(KeyPort.class, right);
        }

        @Override
        public Optional<KeyPort> again(KeyPort port) {
            return Optional.of(right);
        }

        @Override
        public boolean rotate(KeyPort port) {
            right.rotate();
            return true;
        }

        @Override
        public boolean lose(KeyPort port, String id) {
            right.lose(id);
            return true;
        }

        @Override
        public boolean clear(KeyPort port) {
            right.stop();
            return true;
        }
    }
}
