package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
    private static final ObjectKey KEY = new ObjectKey("db/object");
    private static final ObjectContent CONTENT = ObjectContent.of(new byte[10]);

    private final Places places = new Places(TestDatabase.H2);

    @AfterEach
    void close() throws Exception {
        places.close();
    }

    private static ProviderException refused(ObjectStore store, CallContext call) {
        return catchThrowableOfType(ProviderException.class, () -> store.putIfAbsent(KEY, CONTENT, call));
    }

    private ObjectStore failing(AtomicBoolean trouble, String when, String state) throws SQLException {
        return places.open(TroubledSource.of(places.empty(), (method, arguments) -> {
                    if (method.equals(when) && trouble.get()) {
                        throw new SQLException("as the test wants it", state);
                    }
                }))
                .objects();
    }

    @ParameterizedTest(name = "a commit answered with {0} is {1}")
    @CsvSource({
        "08006, OUTCOME_UNKNOWN",
        "57P01, OUTCOME_UNKNOWN",
        "40003, OUTCOME_UNKNOWN",
        "40001, UNAVAILABLE",
        "53100, QUOTA"
    })
    void tellsWhatIsNotKnown(String state, ErrorKind kind) throws SQLException {
        AtomicBoolean trouble = new AtomicBoolean(true);
        ObjectStore store = failing(trouble, "commit", state);

        assertThat(refused(store, Places.CALL).kind()).isEqualTo(kind);
        assertThat(store.stat(KEY, Places.CALL)).isEmpty();
    }

    @ParameterizedTest(name = "a statement answered with {0} is {1}")
    @CsvSource({
        "28P01, DENIED",
        "25006, DENIED",
        "53300, THROTTLED",
        "57014, CANCELLED",
        "XX001, CORRUPT",
        "22001, INVALID_REQUEST",
        "08006, UNAVAILABLE",
        "HYT00, UNAVAILABLE",
        "no-such, UNAVAILABLE"
    })
    void sortsWhatIsAnswered(String state, ErrorKind kind) throws SQLException {
        AtomicBoolean trouble = new AtomicBoolean();
        ObjectStore store = failing(trouble, "executeUpdate", state);
        trouble.set(true);

        ProviderException e = refused(store, Places.CALL);
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e.retryAfter().isPresent()).isEqualTo(kind == ErrorKind.THROTTLED);
        assertThat(e).hasMessageContaining("writing db/object").hasMessageContaining(state);
    }

    @ParameterizedTest(name = "SPI-78 a deletion that commits by itself answered with {0} is {1}")
    @CsvSource({
        "08006, OUTCOME_UNKNOWN",
        "57P01, OUTCOME_UNKNOWN",
        "40003, OUTCOME_UNKNOWN",
        "40001, UNAVAILABLE",
        "42501, DENIED"
    })
    void tellsWhatIsNotKnownOfDeletions(String state, ErrorKind kind) throws SQLException {
        AtomicBoolean trouble = new AtomicBoolean();
        ObjectStore store = failing(trouble, "executeUpdate", state);
        store.putIfAbsent(KEY, CONTENT, Places.CALL);
        trouble.set(true);

        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> store.delete(List.of(KEY), Places.CALL));
        assertThat(e.kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("SPI-60 a key that cannot be deleted hinders no other one")
    void goesOnThroughTheKeys() throws SQLException {
        AtomicBoolean trouble = new AtomicBoolean();
        ObjectStore store = places.open(TroubledSource.of(places.empty(), (method, arguments) -> {
                    if (method.equals("executeUpdate") && trouble.getAndSet(false)) {
                        throw new SQLException("as the test wants it", "XX001");
                    }
                }))
                .objects();
        ObjectKey other = new ObjectKey("db/other");
        store.putIfAbsent(KEY, CONTENT, Places.CALL);
        store.putIfAbsent(other, CONTENT, Places.CALL);
        trouble.set(true);

        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(List.of(KEY, other), Places.CALL);

        assertThat(outcomes.get(KEY))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.CORRUPT));
        assertThat(outcomes).containsEntry(other, new DeleteOutcome.Deleted());
        assertThat(store.stat(KEY, Places.CALL)).isPresent();
    }

    @Test
    @DisplayName(
            "SPI-70 an error that comes after the caller has given up says cancelled, and not that the place is gone")
    void prefersTheReason() throws SQLException {
        AtomicBoolean over = new AtomicBoolean();
        ObjectStore store = places.open(TroubledSource.of(places.empty(), (method, arguments) -> {
                    if (method.equals("executeUpdate")) {
                        over.set(true);
                        throw new SQLException("the connection was closed", "08003");
                    }
                }))
                .objects();

        CallContext call = new CallContext(Duration.ofMinutes(1), over::get, "test", CallContext.Purpose.PROBE);
        assertThat(refused(store, call).kind()).isEqualTo(ErrorKind.CANCELLED);
    }
}
