package io.parix.backup.testkit.fault;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A store in memory, and the same behind faults. */
final class StoreFixture {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final CallContext CALL = new CallContext(MINUTE, () -> false, "test", CallContext.Purpose.DATA);
    static final Instant BEGIN = Instant.parse("2026-11-23T09:00:00Z");

    final VirtualClock clock = new VirtualClock(BEGIN);
    final Faults faults = Faults.on(clock);
    final InMemoryObjectStore right = new InMemoryObjectStore(clock);
    final ObjectStore store = faults.before(ObjectStore.class, right);

    static byte[] bytes() {
        return new byte[] {1, 2, 3, 4, 5};
    }

    /** Puts five bytes through the faults. */
    void put(String key) {
        var unused = store.putIfAbsent(new ObjectKey(key), ObjectContent.of(bytes()), CALL);
    }

    /** Reads through the faults. */
    byte[] get(String key) throws IOException {
        return read(store, key);
    }

    /** What lies there. */
    byte[] stored(String key) throws IOException {
        return read(right, key);
    }

    private static byte[] read(ObjectStore from, String key) throws IOException {
        try (InputStream in = from.get(new ObjectKey(key), null, CALL)) {
            return in.readAllBytes();
        }
    }

    List<String> keys() {
        return right.keys().stream().map(ObjectKey::value).toList();
    }

    Duration passed() {
        return Duration.between(BEGIN, clock.instant());
    }
}
