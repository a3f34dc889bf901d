package io.parix.backup.archive.seal;

import static io.parix.backup.archive.Archives.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.Archives;
import io.parix.backup.archive.TestKeys;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final String ONE = "b-1/0000000000000000001";
    private static final String TWO = "b-2/0000000000000000002";

    private final TestKeys keys = new TestKeys();

    private WrappedKey wrapped() {
        return keys.fresh(DATABASE).orElseThrow().wrapped();
    }

    private static CallContext call(BooleanSupplier cancelled) {
        return new CallContext(Duration.ofMinutes(1), cancelled, "job-1", CallContext.Purpose.DATA);
    }

    /** Gives out what is right, and opens it otherwise. */
    private KeyPort opening(UnaryOperator<Optional<DataKey>> otherwise) {
        return new KeyPort() {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return keys.fresh(database);
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                return otherwise.apply(keys.open(database, wrapped));
            }
        };
    }

    private static FailedException refused(KeyPort port) {
        return catchThrowableOfType(FailedException.class, () -> Keyring.fresh(DATABASE, port, Archives.call()));
    }

    @Test
    @DisplayName(
            "C13 B7 before each key that is asked for the call is looked at, and one that was cancelled asks for none")
    void looksAtTheCall() {
        Keyring ring = new Keyring(DATABASE, keys, Map.of(ONE, wrapped(), TWO, wrapped()));
        AtomicInteger looks = new AtomicInteger();
        CallContext call = call(() -> looks.incrementAndGet() > 2);
        assertThat(ring.of(ONE, call)).isPresent();
        assertThat(ring.of(TWO, call)).isPresent();
        assertThat(looks).hasValue(2);
        assertThat(ring.of(ONE, call)).as("had already").isPresent();
        Keyring other = new Keyring(DATABASE, keys, Map.of(ONE, wrapped()));
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> other.of(ONE, call));
        assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(keys.opened).hasValue(2);
    }

    @Test
    @DisplayName("C13 a lost key is asked for once, and one that could not be had again each time")
    void remembersWhatIsLost() {
        Keyring ring = new Keyring(DATABASE, keys, Map.of(ONE, wrapped()));
        keys.lose("key-1");
        for (int i = 0; i < 3; i++) {
            FailedException e = catchThrowableOfType(FailedException.class, () -> ring.of(ONE, Archives.call()));
            assertThat(e.code()).isEqualTo(ErrorCode.KEY_LOST);
            assertThat(e).hasMessageContaining("key-1");
        }
        assertThat(keys.opened).hasValue(1);

        Keyring other = new Keyring(DATABASE, keys, Map.of(TWO, wrapped()));
        keys.cutOff();
        for (int i = 0; i < 2; i++) {
            FailedException e = catchThrowableOfType(FailedException.class, () -> other.of(TWO, Archives.call()));
            assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        }
        assertThat(keys.opened).hasValue(3);
    }

    @Test
    @DisplayName("C13 a data key is taken once the port has opened it again as the same")
    void takesWhatOpens() {
        assertThat(Keyring.fresh(DATABASE, keys, Archives.call())).isPresent();
        assertThat(keys.opened).hasValue(1);
        assertThat(Keyring.fresh(DATABASE, KeyPort.none(), Archives.call())).isEmpty();
    }

    @Test
    @DisplayName("C13 a port that does not open what it has just given, or as another key, seals nothing")
    void refusesWhatDoesNotOpen() {
        FailedException none = refused(opening(right -> Optional.empty()));
        assertThat(none.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(none).hasMessageContainingAll("port is wrong", "key-1", "ledger-1", "it said that it is lost");

        FailedException other =
                refused(opening(right -> right.map(key -> DataKey.of(key.wrapped(), new byte[DataKey.LENGTH]))));
        assertThat(other.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(other).hasMessageContainingAll("port is wrong", "key-1", "ledger-1", "it gave another key");

        FailedException failed = refused(opening(right -> {
            throw new IllegalStateException("token xyzzy was refused");
        }));
        assertThat(failed.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(failed.getMessage()).contains("key-1").doesNotContain("xyzzy");
    }

    @Test
    @DisplayName("C13 B7 a call that was cancelled asks for no data key")
    void asksForNone() {
        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> Keyring.fresh(DATABASE, keys, call(() -> true)));
        assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(keys.fresh(DATABASE).orElseThrow().wrapped())
                .as("the first that was given out")
                .isEqualTo(TestKeys.key("key-1", 1).wrapped());
    }
}
