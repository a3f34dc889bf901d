package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What reading and describing must do. */
public interface ReadContract extends ObjectStoreFixture {
    @Test
    @DisplayName("SPI-40 a range gives exactly its bytes: first, middle, last, whole")
    default void readsRanges() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "object", 1, 1_000_000);
        for (long[] r : new long[][] {{0, 1}, {0, 999_999}, {1, 999_999}, {499_999, 3}, {999_999, 1}, {0, 1_000_000}}) {
            try (InputStream in = store.get(key("object"), new ByteRange(r[0], r[1]), CALL)) {
                byte[] expected = Arrays.copyOfRange(bytes(1, 1_000_000), (int) r[0], (int) (r[0] + r[1]));
                assertThat(in.readAllBytes()).as("%s+%s", r[0], r[1]).isEqualTo(expected);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    @DisplayName("SPI-40 a stream can be read in any steps, byte by byte too, and closed early")
    default void readsInAnySteps() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "object", 2, 300);
        byte[] expected = bytes(2, 300);
        try (InputStream in = store.get(key("object"), new ByteRange(100, 200), CALL)) {
            assertThat(in.read()).isEqualTo(expected[100] & 0xff);
            byte[] next = new byte[50];
            assertThat(in.readNBytes(next, 10, 40)).isEqualTo(40);
            assertThat(Arrays.copyOfRange(next, 10, 50)).isEqualTo(Arrays.copyOfRange(expected, 101, 141));
        }
        assertThat(read(store, "object")).isEqualTo(expected);
    }

    @Test
    @DisplayName("SPI-41 a range that reaches past the end is refused")
    default void refusesRangesPastTheEnd() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "object", 1, 1_000);
        put(store, "empty", 1, 0);
        for (ByteRange r : new ByteRange[] {new ByteRange(999, 2), new ByteRange(1_000, 1), new ByteRange(0, 1_001)}) {
            refused(() -> store.get(key("object"), r, CALL).close(), ErrorKind.INVALID_REQUEST);
        }
        refused(() -> store.get(key("empty"), new ByteRange(0, 1), CALL).close(), ErrorKind.INVALID_REQUEST);
        refused(
                () -> store.get(key("object"), new ByteRange(5, Long.MAX_VALUE - 5), CALL)
                        .close(),
                ErrorKind.INVALID_REQUEST);
    }

    @Test
    @DisplayName("SPI-42 what is not there is not found: a strange key, a folder, a key below an object")
    default void doesNotFindWhatIsNotThere() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "db/1/object", 1, 10);
        for (String key : new String[] {"other", "db", "db/1", "db/1/obj", "db/1/object/below", "db/1/objects"}) {
            refused(() -> store.get(key(key), null, CALL).close(), ErrorKind.NOT_FOUND);
            refused(() -> store.get(key(key), new ByteRange(0, 1), CALL).close(), ErrorKind.NOT_FOUND);
            assertThat(store.stat(key(key), CALL)).as(key).isEmpty();
        }
    }

    @Test
    @DisplayName("SPI-43 put, stat and list describe an object alike, with its true length")
    default void describesTruly() throws Exception {
        ObjectStore store = emptyStore();
        StoredObject put = put(store, "db/object", 1, 12_345);
        put(store, "db/other", 2, 1);
        StoredObject stat = store.stat(key("db/object"), CALL).orElseThrow();
        StoredObject listed =
                store.list(new KeyPrefix("db"), null, CALL).objects().get(0);
        assertThat(stat.key()).isEqualTo(key("db/object"));
        assertThat(listed.key()).isEqualTo(key("db/object"));
        assertThat(stat.length()).isEqualTo(12_345);
        assertThat(listed.length()).isEqualTo(12_345);
        assertThat(seconds(listed)).isEqualTo(seconds(stat));
        assertThat(Duration.between(put.createdAt(), stat.createdAt()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    private static Instant seconds(StoredObject object) {
        return object.createdAt().truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    @DisplayName("SPI-43 the creation time does not change and is not before that of an earlier object")
    default void tellsTheTimeOfCreation() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "first", 1, 10);
        StoredObject first = store.stat(key("first"), CALL).orElseThrow();
        put(store, "second", 2, 10);
        read(store, "first");
        assertThat(store.stat(key("first"), CALL).orElseThrow().createdAt()).isEqualTo(first.createdAt());
        StoredObject second = store.stat(key("second"), CALL).orElseThrow();
        assertThat(second.createdAt()).isAfterOrEqualTo(first.createdAt());
        assertThat(first.createdAt()).isAfter(Instant.EPOCH);
    }

    @Test
    @DisplayName("SPI-44 checksums, where a place knows them, are those of the bytes")
    default void knowsNoWrongChecksums() throws Exception {
        ObjectStore store = emptyStore();
        Checksums right = Checksums.of(bytes(1, 5_000));
        StoredObject put = put(store, "object", 1, 5_000);
        StoredObject stat = store.stat(key("object"), CALL).orElseThrow();
        StoredObject listed = store.list(KeyPrefix.ROOT, null, CALL).objects().get(0);
        for (StoredObject each : new StoredObject[] {put, stat, listed}) {
            assertThat(each.knownChecksums().orElse(right)).isEqualTo(right);
        }
    }

    @Test
    @DisplayName("SPI-45 a stream whose object is cut while it is read fails, and never just ends")
    default void neverEndsEarly() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "object", 1, 3 << 20);
        try (InputStream in = store.get(key("object"), null, CALL)) {
            byte[] start = in.readNBytes(1_000);
            assumeTrue(truncate(store, key("object")), "the place cannot be damaged from here");
            assertThat(start).isEqualTo(Arrays.copyOf(bytes(1, 3 << 20), 1_000));
            assertThat(wholeOrFailed(in)).as("the rest, or an IOException").isTrue();
        }
    }

    private static boolean wholeOrFailed(InputStream in) {
        try {
            return in.readAllBytes().length == (3 << 20) - 1_000;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    @DisplayName("SPI-46 what was just written or deleted is seen so by the next read, description and listing")
    default void isStronglyConsistent() throws Exception {
        ObjectStore store = emptyStore();
        for (int i = 0; i < 20; i++) {
            String key = "db/" + i;
            assertThat(Samples.absent(store, key)).isTrue();
            put(store, key, i, 100);
            assertThat(store.stat(key(key), CALL)).isPresent();
            assertThat(Samples.keys(store, new KeyPrefix("db"))).containsExactly(key);
            assertThat(read(store, key)).isEqualTo(bytes(i, 100));
            store.delete(java.util.List.of(key(key)), CALL);
            assertThat(Samples.absent(store, key)).isTrue();
            refused(() -> store.get(key(key), null, CALL).close(), ErrorKind.NOT_FOUND);
        }
    }
}
