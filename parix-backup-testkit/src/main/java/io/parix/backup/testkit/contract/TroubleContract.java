package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.absent;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.call;
import static io.parix.backup.testkit.contract.Samples.content;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.keys;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static io.parix.backup.testkit.contract.Samples.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must happen when a caller gives up, or the place fails. */
public interface TroubleContract extends ObjectStoreFixture {
    @Test
    @DisplayName("SPI-70 a call whose caller has given up does nothing")
    default void doesNothingForAGoneCaller() throws Exception {
        refusesAll(emptyStore(), call(Duration.ofMinutes(1), () -> true));
    }

    @Test
    @DisplayName("SPI-70 a write whose caller gives up midway stops and leaves nothing")
    default void stopsMidway() throws Exception {
        ObjectStore store = emptyStore();
        byte[] sent = bytes(1, 8 << 20);
        AtomicBoolean stop = new AtomicBoolean();
        ObjectContent content = content(
                sent.length, Checksums.of(sent), () -> watched(sent, at -> stop.set(stop.get() || at > (1 << 20))));
        refused(
                () -> store.putIfAbsent(key("stopped"), content, call(Duration.ofMinutes(1), stop::get)),
                ErrorKind.CANCELLED);
        assertThat(absent(store, "stopped")).isTrue();
    }

    @Test
    @DisplayName("SPI-71 a call whose time is up before it begins does nothing")
    default void keepsTheDeadline() throws Exception {
        refusesAll(emptyStore(), call(Duration.ZERO, () -> false));
    }

    private static void refusesAll(ObjectStore store, CallContext over) {
        put(store, "kept", 1, 10);
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> store.putIfAbsent(key("new"), content(2, 10), over),
                () -> store.get(key("kept"), null, over).close(),
                () -> store.stat(key("kept"), over),
                () -> store.list(KeyPrefix.ROOT, null, over),
                () -> store.delete(List.of(key("kept")), over))) {
            refused(each, ErrorKind.CANCELLED);
        }
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("kept");
    }

    @Test
    @DisplayName(
            "SPI-72 an interrupted thread's write is done or cancelled, the interrupt is kept, and the store goes on")
    default void toleratesInterrupts() throws Exception {
        ObjectStore store = emptyStore();
        Optional<ErrorKind> result;
        Thread.currentThread().interrupt();
        try {
            put(store, "interrupted", 1, 100_000);
            result = Optional.empty();
        } catch (ProviderException e) {
            result = Optional.of(e.kind());
        } finally {
            assertThat(Thread.interrupted())
                    .as("the thread is still interrupted")
                    .isTrue();
        }
        assertThat(result.orElse(ErrorKind.CANCELLED)).isEqualTo(ErrorKind.CANCELLED);
        assertThat(absent(store, "interrupted")).isEqualTo(result.isPresent());
        put(store, "after", 2, 100_000);
        assertThat(read(store, "after")).isEqualTo(bytes(2, 100_000));
    }

    @Test
    @DisplayName("SPI-73 a full place says so, leaves nothing of the write, and keeps what it holds")
    default void saysThatItIsFull() throws Exception {
        Optional<ObjectStore> full = fullStore(ByteSize.mebibytes(1));
        assumeTrue(full.isPresent(), "not verified: the fixture has no full place");
        ObjectStore store = full.get();
        put(store, "fits", 1, 1_000);
        refused(() -> put(store, "large", 2, 4 << 20), ErrorKind.QUOTA);
        assertThat(absent(store, "large")).isTrue();
        assertThat(read(store, "fits")).isEqualTo(bytes(1, 1_000));
    }

    @Test
    @DisplayName("SPI-74 a lost place is unavailable to every verb, and never looks empty")
    default void neverLooksEmpty() throws Exception {
        Optional<ObjectStore> lost = lostStore();
        assumeTrue(lost.isPresent(), "not verified: the fixture has no lost place");
        ObjectStore store = lost.get();
        refused(() -> store.list(KeyPrefix.ROOT, null, CALL), ErrorKind.UNAVAILABLE);
        refused(() -> store.list(new KeyPrefix("kept"), null, CALL), ErrorKind.UNAVAILABLE);
        refused(() -> store.stat(key("kept/object"), CALL), ErrorKind.UNAVAILABLE);
        refused(() -> store.get(key("kept/object"), null, CALL).close(), ErrorKind.UNAVAILABLE);
        refused(() -> put(store, "kept/new", 1, 10), ErrorKind.UNAVAILABLE);
        refused(() -> store.delete(List.of(key("kept/object")), CALL), ErrorKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("SPI-75 a place that may only be read denies writes and deletions, and holds what it held")
    default void saysThatItIsForbidden() throws Exception {
        Optional<ObjectStore> forbidden = forbiddenStore();
        assumeTrue(forbidden.isPresent(), "not verified: the fixture has no place that may only be read");
        ObjectStore store = forbidden.get();
        byte[] kept = read(store, "kept/object");
        refused(() -> put(store, "new", 1, 10), ErrorKind.DENIED);
        assertThat(failure(store, "kept/object")).isEqualTo(ErrorKind.DENIED);
        assertThat(store.stat(key("new"), CALL)).isEmpty();
        assertThat(store.stat(key("kept/object"), CALL))
                .map(StoredObject::length)
                .contains((long) kept.length);
        assertThat(read(store, "kept/object")).isEqualTo(kept);
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("kept/object");
    }

    @Test
    @DisplayName("SPI-75 a place where nothing may be done denies every verb: nothing is absent, and nothing empty")
    default void deniesEveryVerb() throws Exception {
        Optional<ObjectStore> denied = deniedStore();
        assumeTrue(denied.isPresent(), "not verified: the fixture has no place where nothing may be done");
        ObjectStore store = denied.get();
        refused(() -> store.list(KeyPrefix.ROOT, null, CALL), ErrorKind.DENIED);
        refused(() -> store.list(new KeyPrefix("kept"), null, CALL), ErrorKind.DENIED);
        for (String each : List.of("kept/object", "kept/none")) {
            refused(() -> store.stat(key(each), CALL), ErrorKind.DENIED);
            refused(() -> store.get(key(each), null, CALL).close(), ErrorKind.DENIED);
        }
        refused(() -> put(store, "kept/new", 1, 10), ErrorKind.DENIED);
        assertThat(failure(store, "kept/object")).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName(
            "SPI-76 a place that asks for patience tells each verb how long to wait, does nothing, and then serves")
    default void saysHowLongToWait() throws Exception {
        for (Function<ObjectStore, ThrowingCallable> verb : List.<Function<ObjectStore, ThrowingCallable>>of(
                store -> () -> put(store, "new", 1, 10),
                store -> () -> store.get(key("kept/object"), null, CALL).close(),
                store -> () -> store.stat(key("kept/object"), CALL),
                store -> () -> store.list(KeyPrefix.ROOT, null, CALL),
                store -> () -> store.delete(List.of(key("kept/object")), CALL))) {
            Optional<ObjectStore> throttled = throttledStore();
            assumeTrue(throttled.isPresent(), "not verified: the fixture has no place that asks for patience");
            ObjectStore store = throttled.get();
            ProviderException refusal = refused(verb.apply(store), ErrorKind.THROTTLED);
            assertThat(refusal.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());
            assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("kept/object");
            assertThatCode(verb.apply(store)).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName(
            "SPI-77 a write whose answer is lost is of unknown outcome, and asked again its key is taken by its bytes")
    default void doesNotGuessAboutWrites() throws Exception {
        Optional<ObjectStore> losing = lostAnswerStore();
        assumeTrue(losing.isPresent(), "not verified: the fixture has no place whose answers are lost");
        ObjectStore store = losing.get();
        ProviderException lost =
                refused(() -> put(store, "db/object", 1, 1_000), ErrorKind.OUTCOME_UNKNOWN, ErrorKind.UNAVAILABLE);
        if (store.stat(key("db/object"), CALL).isPresent()) {
            assertThat(lost.kind()).as("what is told of a write that was done").isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
            refused(() -> put(store, "db/object", 1, 1_000), ErrorKind.ALREADY_EXISTS);
        } else {
            put(store, "db/object", 1, 1_000);
        }
        assertThat(store.stat(key("db/object"), CALL)).map(StoredObject::length).contains(1_000L);
        assertThat(read(store, "db/object")).isEqualTo(bytes(1, 1_000));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/object", "kept/object");
    }

    @Test
    @DisplayName("SPI-78 a deletion whose answer is lost is of unknown outcome, and asked again the object is absent")
    default void doesNotGuessAboutDeletions() throws Exception {
        Optional<ObjectStore> losing = lostAnswerStore();
        assumeTrue(losing.isPresent(), "not verified: the fixture has no place whose answers are lost");
        ObjectStore store = losing.get();
        ErrorKind told = failure(store, "kept/object");
        boolean there = store.stat(key("kept/object"), CALL).isPresent();
        assertThat(told).isIn(ErrorKind.OUTCOME_UNKNOWN, there ? ErrorKind.UNAVAILABLE : ErrorKind.OUTCOME_UNKNOWN);
        assertThat(store.delete(List.of(key("kept/object")), CALL))
                .isEqualTo(
                        Map.of(key("kept/object"), there ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent()));
        assertThat(absent(store, "kept/object")).isTrue();
    }

    /** What a deletion fails with, as a whole or for the one key. */
    private static ErrorKind failure(ObjectStore store, String key) {
        DeleteOutcome outcome;
        try {
            outcome = store.delete(List.of(key(key)), CALL).getOrDefault(key(key), new DeleteOutcome.Deleted());
        } catch (ProviderException e) {
            return e.kind();
        }
        assertThat(outcome).isInstanceOf(DeleteOutcome.Failed.class);
        return ((DeleteOutcome.Failed) outcome).kind();
    }
}
