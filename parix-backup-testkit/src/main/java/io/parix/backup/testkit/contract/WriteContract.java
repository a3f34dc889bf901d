package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.absent;
import static io.parix.backup.testkit.contract.Samples.attempt;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.content;
import static io.parix.backup.testkit.contract.Samples.inLanes;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.keys;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.race;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static io.parix.backup.testkit.contract.Samples.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What writing must do. */
public interface WriteContract extends ObjectStoreFixture {
    @Test
    @DisplayName("SPI-20 what was written is read back byte for byte, and described in the answer")
    default void writesAndReadsBack() throws Exception {
        ObjectStore store = emptyStore();
        StoredObject stored = put(store, "db/object", 1, 100_000);
        assertThat(stored.key()).isEqualTo(key("db/object"));
        assertThat(stored.length()).isEqualTo(100_000);
        assertThat(read(store, "db/object")).isEqualTo(bytes(1, 100_000));
    }

    @Test
    @DisplayName("SPI-20 an object of several megabytes is written whole")
    default void writesLargeObjects() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "db/large", 2, (5 << 20) + 1);
        assertThat(read(store, "db/large")).isEqualTo(bytes(2, (5 << 20) + 1));
    }

    @Test
    @DisplayName("SPI-21 a taken key is refused, whatever is written, and keeps what it holds")
    default void refusesTakenKeys() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "taken", 3, 1_000);
        StoredObject before = store.stat(key("taken"), CALL).orElseThrow();
        refused(() -> put(store, "taken", 3, 1_000), ErrorKind.ALREADY_EXISTS);
        refused(() -> put(store, "taken", 4, 2_000), ErrorKind.ALREADY_EXISTS);
        assertThat(read(store, "taken")).isEqualTo(bytes(3, 1_000));
        assertThat(store.stat(key("taken"), CALL)).contains(before);
    }

    @Test
    @DisplayName("SPI-22 of eight writers racing for one key exactly one wins, and its bytes are what is read")
    default void letsOneWriterWin() throws Exception {
        ObjectStore store = emptyStore();
        for (int round = 0; round < 20; round++) {
            String key = "race/" + round;
            List<Callable<Optional<ErrorKind>>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ObjectContent mine = content(i, 10_000);
                writers.add(() -> attempt(store, key, mine));
            }
            List<Optional<ErrorKind>> results = race(writers);
            assertThat(Collections.frequency(results, Optional.empty())).isOne();
            assertThat(Collections.frequency(results, Optional.of(ErrorKind.ALREADY_EXISTS)))
                    .isEqualTo(7);
            assertThat(read(store, key)).isEqualTo(bytes(results.indexOf(Optional.<ErrorKind>empty()), 10_000));
        }
    }

    @Test
    @DisplayName("SPI-23 bytes that do not have the promised SHA-256 are refused and leave nothing")
    default void checksTheSha256() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(5, 50_000);
        Checksums wrong = new Checksums(Checksums.of(sent).crc32c(), "0".repeat(64));
        refuseAsCorrupt(store, content(sent.length, wrong, () -> new ByteArrayInputStream(sent)));
    }

    @Test
    @DisplayName("SPI-23 bytes that do not have the promised CRC-32C are refused and leave nothing")
    default void checksTheCrc() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(5, 50_000);
        Checksums wrong =
                new Checksums(~Checksums.of(sent).crc32c(), Checksums.of(sent).sha256());
        refuseAsCorrupt(store, content(sent.length, wrong, () -> new ByteArrayInputStream(sent)));
    }

    @Test
    @DisplayName("SPI-23 a bit flipped on the way is refused and leaves nothing")
    default void noticesAFlippedBit() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(5, 50_000);
        Checksums promised = Checksums.of(sent);
        sent[49_999] ^= 1;
        refuseAsCorrupt(store, content(sent.length, promised, () -> new ByteArrayInputStream(sent)));
    }

    @Test
    @DisplayName("SPI-24 bytes that end one too early or go on one too long are refused and leave nothing")
    default void checksTheLength() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(6, 50_000);
        refuseAsCorrupt(store, content(50_001, Checksums.of(sent), () -> new ByteArrayInputStream(sent)));
        refuseAsCorrupt(store, content(49_999, Checksums.of(sent), () -> new ByteArrayInputStream(sent)));
        Checksums ofShort = Checksums.of(sent, 0, 49_999);
        refuseAsCorrupt(store, content(49_999, ofShort, () -> new ByteArrayInputStream(sent)));
    }

    private static void refuseAsCorrupt(ObjectStore store, ObjectContent content) {
        put(
                store,
                "neighbour/" + content.length() + content.checksums().sha256().charAt(0),
                1,
                10);
        int before = keys(store, KeyPrefix.ROOT).size();
        refused(() -> store.putIfAbsent(key("wrong"), content, CALL), ErrorKind.CORRUPT);
        assertThat(absent(store, "wrong")).as("nothing is left").isTrue();
        assertThat(keys(store, KeyPrefix.ROOT)).hasSize(before);
        store.delete(keys(store, KeyPrefix.ROOT).stream().map(Samples::key).toList(), CALL);
    }

    @Test
    @DisplayName(
            "SPI-25 content that fails midway is a provider's error and leaves nothing; the same write can be repeated")
    default void survivesFailingContent() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(7, 1 << 20);
        AtomicBoolean failing = new AtomicBoolean(true);
        ObjectContent content = content(
                sent.length,
                Checksums.of(sent),
                () -> watched(sent, at -> {
                    if (at >= sent.length / 2 && failing.get()) {
                        throw new IOException("the source is gone");
                    }
                }));
        refused(() -> store.putIfAbsent(key("half"), content, CALL));
        assertThat(absent(store, "half")).as("no half object").isTrue();
        refused(() -> read(store, "half"), ErrorKind.NOT_FOUND);
        failing.set(false);
        store.putIfAbsent(key("half"), content, CALL);
        assertThat(read(store, "half")).isEqualTo(sent);
    }

    @Test
    @DisplayName("SPI-26 an object of no bytes is an object")
    default void keepsEmptyObjects() throws Exception {
        ObjectStore store = emptyStore();
        assertThat(put(store, "db/empty", 0, 0).length()).isZero();
        assertThat(store.stat(key("db/empty"), CALL).orElseThrow().length()).isZero();
        assertThat(read(store, "db/empty")).isEmpty();
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/empty");
        refused(() -> put(store, "db/empty", 0, 0), ErrorKind.ALREADY_EXISTS);
    }

    @Test
    @DisplayName("SPI-27 every legal key works: each character, segments of 200, a whole of 1,000")
    default void takesEveryLegalKey() throws Exception {
        ObjectStore store = emptyStore();
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        List<String> keys = new ArrayList<>(List.of(
                alphabet + "._-",
                "a-._b",
                "x" + "y".repeat(199),
                String.join("/", Collections.nCopies(4, "s".repeat(200))) + "/" + "t".repeat(196),
                String.join("/", Collections.nCopies(499, "d")) + "/ee"));
        alphabet.chars().forEach(c -> keys.add("each/" + (char) c + ".one"));
        inLanes(keys, k -> put(store, k, k.length(), k.length()));
        Collections.sort(keys);
        assertThat(keys(store, KeyPrefix.ROOT)).isEqualTo(keys);
        inLanes(keys, k -> assertThat(read(store, k)).isEqualTo(bytes(k.length(), k.length())));
    }

    @Test
    @DisplayName("SPI-28 keys that differ only in case are different objects")
    default void tellsUpperFromLowerCase() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "db/A", 1, 10);
        put(store, "db/a", 2, 20);
        put(store, "DB/a", 3, 30);
        assertThat(read(store, "db/A")).isEqualTo(bytes(1, 10));
        assertThat(read(store, "db/a")).isEqualTo(bytes(2, 20));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("DB/a", "db/A", "db/a");
        assertThat(keys(store, new KeyPrefix("DB"))).containsExactly("DB/a");
    }

    @Test
    @DisplayName("SPI-29 a key that is also the folder of another is kept beside it, or refused as a conflict")
    default void keepsOrRefusesAKeyThatIsAFolder() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "file", 1, 10);
        keptOrRefused(store, "file/below", "file");
        put(store, "folder/below", 1, 10);
        keptOrRefused(store, "folder", "folder/below");
    }

    private static void keptOrRefused(ObjectStore store, String second, String first) throws IOException {
        Optional<ErrorKind> result = attempt(store, second, content(2, 20));
        if (result.isPresent()) {
            assertThat(result).contains(ErrorKind.CONFLICT);
            assertThat(absent(store, second)).isTrue();
            refused(() -> read(store, second), ErrorKind.NOT_FOUND);
        } else {
            assertThat(read(store, second)).isEqualTo(bytes(2, 20));
        }
        assertThat(read(store, first)).isEqualTo(bytes(1, 10));
    }

    @Test
    @DisplayName("SPI-30 an object above the largest write is refused before its bytes are asked for")
    default void refusesObjectsAboveTheLimit() throws Exception {
        assumeTrue(largestWrite().bytes() < Long.MAX_VALUE, "the place has no limit");
        ObjectStore store = emptyStore();
        AtomicBoolean opened = new AtomicBoolean();
        ObjectContent vast = content(largestWrite().bytes() + 1, Checksums.of(new byte[0]), () -> {
            opened.set(true);
            return InputStream.nullInputStream();
        });
        refused(() -> store.putIfAbsent(key("vast"), vast, CALL), ErrorKind.INVALID_REQUEST);
        assertThat(opened).isFalse();
        assertThat(absent(store, "vast")).isTrue();
    }

    @Test
    @DisplayName("SPI-31 eight threads that write, read, list and delete do not disturb each other")
    default void isSafeForConcurrentCalls() throws Exception {
        ObjectStore store = emptyStore();
        List<Callable<Integer>> workers = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> work(store, "worker" + i, i))
                .toList();
        assertThat(race(workers)).containsOnly(1);
        assertThat(keys(store, KeyPrefix.ROOT)).hasSize(8);
    }

    private static int work(ObjectStore store, String folder, int seed) throws IOException {
        for (int n = 0; n < 20; n++) {
            put(store, folder + "/" + n, seed + n, 5_000);
            boolean same = Arrays.equals(read(store, folder + "/" + n), bytes(seed + n, 5_000));
            assertThat(same).as("%s/%s", folder, n).isTrue();
            if (n > 0) {
                store.delete(List.of(key(folder + "/" + (n - 1))), CALL);
            }
            assertThat(keys(store, new KeyPrefix(folder))).containsExactly(folder + "/" + n);
        }
        return keys(store, new KeyPrefix(folder)).size();
    }
}
