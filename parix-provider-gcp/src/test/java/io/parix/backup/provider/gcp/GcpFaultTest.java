package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.FaultProxy;
import io.parix.backup.servers.FaultProxy.Fault;
import io.parix.backup.servers.FaultProxy.Kind;
import io.parix.backup.servers.FaultProxy.Way;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break: the right kind, and never a short or a wrong object. */
class GcpFaultTest {
    private static final int LENGTH = 200_000;
    private static final int MIDDLE = 100_000;

    private final FakePlace place = new FakePlace();
    private final FaultProxy proxy = FaultProxy.before(place.server().uri());

    @AfterEach
    void close() {
        place.close();
        proxy.close();
    }

    /** A store whose next connection meets a fault. */
    private ObjectStore store(Way way, Kind kind, long after) {
        proxy.plan(new Fault(way, kind, after));
        return place.storeVia(proxy.uri(), Map.of("stall-timeout", "PT0.3S"));
    }

    private static ProviderException put(ObjectStore store) {
        return catchThrowableOfType(
                ProviderException.class, () -> store.putIfAbsent(key("a"), ObjectContent.of(bytes(1, LENGTH)), CALL));
    }

    private static byte[] read(ObjectStore store) throws IOException {
        try (InputStream in = store.get(key("a"), null, CALL)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL"})
    @DisplayName("SPI-25 a write that breaks off midway is unavailable, leaves nothing, and can be repeated")
    void survivesABrokenWrite(Kind kind) throws IOException {
        ObjectStore store = store(Way.REQUEST, kind, MIDDLE);
        // Whether the client had handed its last byte to the system decides between the two; the answer is never a
        // guess.
        assertThat(put(store).kind()).isIn(ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
        assertThat(put(store)).isNull();
        assertThat(read(store)).isEqualTo(bytes(1, LENGTH));
    }

    @Test
    @DisplayName("SPI-23 a bit that is flipped in a write on its way is corrupt, and leaves nothing")
    void noticesAFlippedBitOnItsWay() {
        assertThat(put(store(Way.REQUEST, Kind.FLIP, MIDDLE)).kind()).isEqualTo(ErrorKind.CORRUPT);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL"})
    @DisplayName("a lost answer to a write is an unknown outcome; the object is whole, and its description says so")
    void doesNotGuess(Kind kind) {
        ObjectStore store = store(Way.ANSWER, kind, 10);
        assertThat(put(store).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(put(store).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
        assertThat(store.stat(key("a"), CALL).orElseThrow().checksums()).isEqualTo(Checksums.of(bytes(1, LENGTH)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL", "FLIP"})
    @DisplayName("SPI-45 a read whose answer breaks off, stalls or is changed fails, and never just ends")
    void neverReadsShortOrWrong(Kind kind) throws IOException {
        FakePlace.put(place.store(), "a", bytes(1, LENGTH));
        ObjectStore store = store(Way.ANSWER, kind, MIDDLE);
        try (InputStream in = store.get(key("a"), null, CALL)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(read(store)).isEqualTo(bytes(1, LENGTH));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL"})
    @DisplayName("SPI-74 an answer that is lost before it begins is unavailable to every verb that reads")
    void isUnavailable(Kind kind) {
        FakePlace.put(place.store(), "a", bytes(1, 10));
        for (int verb = 0; verb < 3; verb++) {
            ObjectStore store = store(Way.ANSWER, kind, 5);
            int each = verb;
            assertThat(catchThrowableOfType(ProviderException.class, () -> ask(store, each))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    private static void ask(ObjectStore store, int verb) throws IOException {
        if (verb == 0) {
            store.stat(key("a"), CALL);
        } else if (verb == 1) {
            store.list(KeyPrefix.ROOT, null, CALL);
        } else {
            store.get(key("a"), null, CALL).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "CUT", "STALL"})
    @DisplayName("SPI-51 a listing whose answer breaks off is an error, and never shorter")
    void neverListsShort(Kind kind) {
        IntStream.range(0, 500)
                .forEach(i -> place.server()
                        .bucket(FakePlace.BUCKET)
                        .put("db/" + i, new byte[1], place.server().now()));
        ObjectStore store = store(Way.ANSWER, kind, 20_000);
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.list(KeyPrefix.ROOT, null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(store.list(KeyPrefix.ROOT, null, CALL).objects()).hasSize(500);
    }

    @Test
    @DisplayName("SPI-60 a deletion that breaks off before it is done removes nothing, and can be repeated")
    void survivesABrokenDeletion() {
        FakePlace.put(place.store(), "a", bytes(1, 10));
        // The listing before it has had its answer by then, on the same connection.
        ObjectStore store = store(Way.REQUEST, Kind.RESET, 1_200);
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.delete(List.of(key("a")), CALL))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isOne();
        assertThat(store.delete(List.of(key("a")), CALL)).containsValue(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("SPI-71 a write whose answer does not come within its time is an unknown outcome, a read is cancelled")
    void keepsTheDeadline() {
        FakePlace.put(place.store(), "b", bytes(1, 10));
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        ObjectStore store = place.storeVia(proxy.uri(), Map.of());
        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> store.putIfAbsent(
                                        key("a"),
                                        ObjectContent.of(bytes(1, 100)),
                                        FakePlace.call(CALL.purpose(), Duration.ofSeconds(2))))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isEqualTo(2);
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        ObjectStore other = place.storeVia(proxy.uri(), Map.of());
        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> other.stat(key("b"), FakePlace.call(CALL.purpose(), Duration.ofMillis(500))))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    @DisplayName("J5 a write to a server that does not read ends at its deadline, and leaves nothing")
    void endsAWriteThatNobodyReads() {
        proxy.plan(new Fault(Way.REQUEST, Kind.STALL, MIDDLE));
        ObjectStore store = place.storeVia(proxy.uri(), Map.of());
        ProviderException stalled = catchThrowableOfType(
                ProviderException.class,
                () -> store.putIfAbsent(
                        key("a"),
                        ObjectContent.of(new byte[20_000_000]),
                        FakePlace.call(CALL.purpose(), Duration.ofSeconds(1))));
        assertThat(stalled.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
    }

    @Test
    @DisplayName(
            "SPI-71 a connection that is never silent and never done ends at the deadline of the call, reading and writing")
    void endsATrickle() throws IOException {
        FakePlace.put(place.store(), "b", bytes(1, LENGTH));
        CallContext soon = FakePlace.call(CALL.purpose(), Duration.ofSeconds(2));
        proxy.plan(new Fault(Way.ANSWER, Kind.TRICKLE, MIDDLE));
        ObjectStore reading = place.storeVia(proxy.uri(), Map.of());
        try (InputStream in = reading.get(key("b"), null, soon)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
        proxy.plan(new Fault(Way.REQUEST, Kind.TRICKLE, MIDDLE));
        ObjectStore writing = place.storeVia(proxy.uri(), Map.of());
        // Whether the client had handed its last byte to the system decides.
        assertThat(catchThrowableOfType(
                                ProviderException.class,
                                () -> writing.putIfAbsent(key("a"), ObjectContent.of(bytes(1, LENGTH)), soon))
                        .kind())
                .isIn(ErrorKind.CANCELLED, ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.store().stat(key("a"), CALL)).isEmpty();
    }

    @Test
    @DisplayName("SPI-74 a place that nobody answers at is unavailable, to a write as well")
    void isNotThere() {
        proxy.close();
        ObjectStore store = place.storeVia(proxy.uri(), Map.of());
        assertThat(put(store).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.stat(key("a"), CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
    }
}
