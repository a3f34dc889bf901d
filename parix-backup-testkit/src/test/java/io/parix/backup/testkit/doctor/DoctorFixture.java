package io.parix.backup.testkit.doctor;

import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.engine.SkewedClock;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.fault.Faults;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An engine that was not started, and a place in memory whose clock can be set wrong, behind faults. */
public final class DoctorFixture implements AutoCloseable {
    static final Duration WITHIN = Duration.ofMinutes(5);

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final SkewedClock placeClock = new SkewedClock(clock);
    final InMemoryCatalog catalog = new InMemoryCatalog(clock);
    final InMemoryProvider places = new InMemoryProvider(placeClock);
    final Faults faults = Faults.on(clock);
    final ParixBackup parix;

    public DoctorFixture() {
        this.parix = engine(faults.before(BackupProvider.class, places), 7);
    }

    /** An engine that reaches its places through any provider. */
    ParixBackup engine(BackupProvider through, int seed) {
        InMemoryHost host = new InMemoryHost(clock);
        return ParixBackup.builder()
                .catalog(catalog)
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(through)
                .storage(location())
                .dispatcher(new SteppedDispatcher(clock))
                .executor(Runnable::run)
                .clock(clock)
                .random(new Random(seed))
                .build();
    }

    /** What an examination finds of a place that is reached through a provider, see {@link #places()}. */
    public Diagnosis examine(BackupProvider through) {
        try (ParixBackup other = engine(through, 8)) {
            return other.doctor().examine(location(), WITHIN);
        }
    }

    Diagnosis examine() {
        return parix.doctor().examine(location(), WITHIN);
    }

    public InMemoryProvider places() {
        return places;
    }

    public StorageLocation location() {
        return places.location("bucket", new KeyPrefix("parix"));
    }

    InMemoryObjectStore store() {
        return places.place("bucket");
    }

    public List<String> left() {
        return store().keys().stream().map(ObjectKey::value).toList();
    }

    /** The ids of the findings of some outcomes, in order. */
    public static Set<String> ids(Diagnosis diagnosis, Finding.Outcome... outcomes) {
        return diagnosis.findings().stream()
                .filter(each -> Set.of(outcomes).contains(each.outcome()))
                .map(Finding::requirement)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Finding finding(Diagnosis diagnosis, String id) {
        return diagnosis.findings().stream()
                .filter(each -> each.requirement().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** From now on a verb of the place is denied. */
    void forbid(String verb) {
        faults.add(fail(verb).with(refused(ErrorKind.DENIED, "It needs the permission to " + verb + ".")));
    }

    /** Somebody else's object. */
    void put(String key) {
        store().putIfAbsent(new ObjectKey(key), ObjectContent.of(new byte[] {1}), call());
    }

    static CallContext call() {
        return new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE);
    }

    @Override
    public void close() {
        parix.close();
    }
}
