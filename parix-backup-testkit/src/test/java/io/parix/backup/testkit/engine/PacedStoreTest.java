package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.archive.flow.Pace;
import io.parix.backup.engine.provider.PacedStore;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacedStoreTest {
    private static final long SECOND = 1_000_000_000;
    private static final ObjectKey KEY = new ObjectKey("a/b");

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final InMemoryObjectStore place = new InMemoryObjectStore(InstantSource.system());
    private final Pace pace = new Pace(1 << 20, now::get);
    private final ObjectStore store = new PacedStore(place, pace, now::addAndGet);
    private final CallContext call = new CallContext(Duration.ofMinutes(5), stop::get, "job", CallContext.Purpose.DATA);

    @Test
    @DisplayName("J5 bytes both ways keep one pace together, and arrive as they were")
    void keepsPace() throws IOException {
        byte[] bytes = new byte[2 << 20];
        bytes[77] = 7;

        store.putIfAbsent(KEY, ObjectContent.of(bytes), call);
        long put = now.get();
        try (InputStream in = store.get(KEY, null, call)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }

        assertThat(put).isEqualTo(2 * SECOND - SECOND / 8);
        assertThat(now.get()).isEqualTo(4 * SECOND - SECOND / 8);
    }

    @Test
    @DisplayName("J5 B7 whoever must stop stops while it waits for its turn, and nothing is stored")
    void stops() {
        pace.take(100L << 20);
        stop.set(true);

        assertThatThrownBy(() -> store.putIfAbsent(KEY, ObjectContent.of(new byte[1]), call))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));

        assertThat(place.keys()).isEmpty();
    }

    @Test
    @DisplayName("J5 what moves no bytes waits for nothing")
    void noBytes() {
        pace.take(100L << 20);

        assertThat(store.stat(KEY, call)).isEmpty();
        assertThat(store.list(new io.parix.backup.spi.KeyPrefix("a"), null, call)
                        .objects())
                .isEmpty();
        assertThat(store.delete(java.util.List.of(KEY), call)).hasSize(1);
        assertThat(now).hasValue(0);
    }
}
