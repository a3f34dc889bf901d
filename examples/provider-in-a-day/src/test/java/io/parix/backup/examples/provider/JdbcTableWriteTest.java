package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes that meet another one halfway. */
class JdbcTableWriteTest {
    private static final ObjectKey KEY = new ObjectKey("db/object");

    /** Two chunks, of which the second is asked for when something else has happened. */
    private static ObjectContent interrupted(Runnable halfway) {
        byte[] bytes = new byte[2 * Table.CHUNK];
        Checksums checksums = Checksums.of(bytes);
        return new ObjectContent() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public Checksums checksums() {
                return checksums;
            }

            @Override
            public InputStream open() {
                return new Interrupted(new ByteArrayInputStream(bytes), halfway);
            }
        };
    }

    private static final class Interrupted extends FilterInputStream {
        private final Runnable halfway;
        private int left = Table.CHUNK;

        Interrupted(InputStream in, Runnable halfway) {
            super(in);
            this.halfway = halfway;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                halfway.run();
            }
            int n = super.read(target, offset, left > 0 ? Math.min(left, length) : length);
            left -= n;
            return n;
        }
    }

    /** What a database tells the time in. */
    private static void passAMillisecond() {
        Instant over = Instant.now().plusMillis(2);
        while (Instant.now().isBefore(over)) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest(name = "SPI-43 on {0} an object is dated when it becomes visible, not when its writing began")
    @EnumSource
    void datesWhatIsVisible(TestDatabase database) throws Exception {
        Places places = new Places(database);
        try {
            ObjectStore store = places.open(places.empty()).objects();
            ObjectKey other = new ObjectKey("db/other");
            StoredObject late = store.putIfAbsent(
                    KEY,
                    interrupted(() -> {
                        store.putIfAbsent(other, ObjectContent.of(new byte[1]), Places.CALL);
                        passAMillisecond();
                    }),
                    Places.CALL);

            assertThat(late.createdAt())
                    .isAfter(store.stat(other, Places.CALL).orElseThrow().createdAt());
        } finally {
            places.close();
        }
    }

    @ParameterizedTest(
            name = "SPI-71 on {0} a writer that waits for another one of its key is cancelled when its time is up")
    @EnumSource
    void waitsNoLongerThanItMay(TestDatabase database) throws Exception {
        Places places = new Places(database);
        try {
            ObjectStore store = places.open(places.empty()).objects();
            CallContext hurried =
                    new CallContext(Duration.ofMillis(500), () -> false, "test", CallContext.Purpose.PROBE);
            ObjectContent small = ObjectContent.of(new byte[1]);
            store.putIfAbsent(
                    KEY,
                    interrupted(() -> assertThat(catchThrowableOfType(
                                            ProviderException.class, () -> store.putIfAbsent(KEY, small, hurried))
                                    .kind())
                            .isEqualTo(ErrorKind.CANCELLED)),
                    Places.CALL);

            assertThat(store.stat(KEY, Places.CALL).orElseThrow().length()).isEqualTo(2 * Table.CHUNK);
        } finally {
            places.close();
        }
    }

    @ParameterizedTest(name = "SPI-71 on {0} a write whose bytes come too slowly is cancelled when its time is up")
    @EnumSource
    void waitsNoLongerForBytes(TestDatabase database) throws Exception {
        Places places = new Places(database);
        try {
            ObjectStore store = places.open(places.empty()).objects();
            Duration most = Duration.ofMillis(500);
            long begun = System.nanoTime();
            ObjectContent slow = interrupted(() -> {
                while (System.nanoTime() - begun < most.multipliedBy(3).toNanos()) {
                    Thread.onSpinWait();
                }
            });

            ProviderException e = catchThrowableOfType(
                    ProviderException.class,
                    () -> store.putIfAbsent(
                            KEY, slow, new CallContext(most, () -> false, "test", CallContext.Purpose.PROBE)));

            assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
            assertThat(store.stat(KEY, Places.CALL)).isEmpty();
        } finally {
            places.close();
        }
    }
}
