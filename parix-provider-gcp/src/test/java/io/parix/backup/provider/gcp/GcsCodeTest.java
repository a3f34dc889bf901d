package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.gcp.server.FakeAnswer;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of errors, each row through Google's client from an answer at the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GcsCodeTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "gcp.md");

    private final FakePlace place = new FakePlace();
    private final ObjectStore store = place.store();

    @AfterAll
    void close() {
        place.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(ProviderException.class, call);
    }

    private void answer(String operation, int status, String code, Map<String, String> headers) {
        place.server().next(operation, (request, real) -> FakeAnswer.error(status, code, headers));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each error that Cloud Storage documents is of its kind, for reading, listing, writing and deleting")
    void isOfItsKind(GcsCode code) {
        answer("objects.get media", code.status(), code.reason(), Map.of());
        ProviderException read = refused(() -> store.get(key("a"), null, CALL));
        assertThat(read.kind()).isEqualTo(code.kind());
        assertThat(read).hasMessageContaining("reading a").hasMessageContaining(code.reason());
        assertThat(read.getMessage()).contains(code.remedy());
        // Where no object is named, what was not found is the bucket.
        ErrorKind listed = code == GcsCode.NOT_THERE ? ErrorKind.UNAVAILABLE : code.kind();
        answer("objects.list", code.status(), code.reason(), Map.of());
        assertThat(refused(() -> store.list(KeyPrefix.ROOT, null, CALL)).kind()).isEqualTo(listed);
        // Of a server that failed after it had the whole request nobody knows what it has done.
        ErrorKind written = code.status() >= 500 ? ErrorKind.OUTCOME_UNKNOWN : listed;
        written = code == GcsCode.INVALID ? ErrorKind.CORRUPT : written;
        answer("objects.insert", code.status(), code.reason(), Map.of());
        assertThat(refused(() -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL))
                        .kind())
                .isEqualTo(written);
        answer("objects.list", code.status(), code.reason(), Map.of());
        assertThat(refused(() -> store.delete(List.of(key("a")), CALL)).kind()).isEqualTo(listed);
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("SPI-60 each code as the refusal of one key is that key's outcome")
    void isTheOutcomeOfAKey(GcsCode code) {
        FakePlace.put(store, "one", new byte[1]);
        FakePlace.put(store, "other", new byte[1]);
        place.server().refuse("one", FakeAnswer.error(code.status(), code.reason()));
        DeleteOutcome outcome =
                store.delete(List.of(key("one"), key("other")), CALL).get(key("one"));
        place.server().refuse("one", null);
        assertThat(store.delete(List.of(key("one")), CALL)).containsValue(new DeleteOutcome.Deleted());
        if (code.kind() == ErrorKind.NOT_FOUND) {
            assertThat(outcome).isEqualTo(new DeleteOutcome.Absent());
        } else if (code.kind() == ErrorKind.LOCKED) {
            assertThat(outcome).isEqualTo(new DeleteOutcome.Locked(null));
        } else {
            assertThat(outcome).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(code.status() >= 500 ? ErrorKind.OUTCOME_UNKNOWN : code.kind());
                assertThat(failed.message()).contains(code.reason());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, INVALID_REQUEST",
        "400, INVALID_REQUEST",
        "401, UNAVAILABLE",
        "403, DENIED",
        "404, NOT_FOUND",
        "408, UNAVAILABLE",
        "409, UNAVAILABLE",
        "412, ALREADY_EXISTS",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "599, UNAVAILABLE"
    })
    @DisplayName("an answer to a read often has no reason, and its status decides")
    void decidesByStatus(int status, ErrorKind kind) {
        place.server().next("objects.get media", (request, real) -> FakeAnswer.plain(status, "Anything"));
        ProviderException refused = refused(() -> store.get(key("a"), null, CALL));
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused).hasMessageContaining("without a reason").hasMessageNotContaining("Anything");
    }

    @Test
    @DisplayName("a reason that nobody documents is of the kind of its status")
    void takesStrangeCodes() {
        answer("objects.get media", 418, "imATeapot", Map.of());
        assertThat(refused(() -> store.get(key("a"), null, CALL)).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        answer("objects.get media", 429, "anotherLimit", Map.of());
        assertThat(refused(() -> store.get(key("a"), null, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    @DisplayName(
            "throttling says how long to wait: as the place says, in seconds or by a date, and a second where it does not")
    void saysHowLongToWait() {
        assertThat(waitAfter(Map.of())).isEqualTo(Duration.ofSeconds(1));
        assertThat(waitAfter(Map.of("Retry-After", "17"))).isEqualTo(Duration.ofSeconds(17));
        assertThat(waitAfter(Map.of("Retry-After", "999999999"))).isEqualTo(Duration.ofHours(1));
        assertThat(waitAfter(Map.of("Retry-After", "soon"))).isEqualTo(Duration.ofSeconds(1));
        String past = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                place.server().now().minusSeconds(60).atOffset(ZoneOffset.UTC));
        assertThat(waitAfter(Map.of("Retry-After", past))).isEqualTo(Duration.ofSeconds(1));
        String future = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                place.server().now().plusSeconds(1_000).atOffset(ZoneOffset.UTC));
        assertThat(waitAfter(Map.of("Retry-After", future)))
                .isBetween(Duration.ofSeconds(500), Duration.ofSeconds(1_000));
    }

    private Duration waitAfter(Map<String, String> headers) {
        answer("objects.get media", 429, "rateLimitExceeded", headers);
        return refused(() -> store.get(key("a"), null, CALL)).retryAfter().orElseThrow();
    }

    @Test
    @DisplayName("A6 a server that refuses to read and says for how long is throttled for that time, else unavailable")
    void waitsAsLongAsItIsAway() {
        GcsCode code = GcsCode.SERVICE_UNAVAILABLE;
        Map<String, String> headers = Map.of("Retry-After", "600");
        for (String operation : List.of("objects.get media", "objects.list")) {
            answer(operation, code.status(), code.reason(), headers);
            ProviderException told = refused(() -> ask(operation));
            assertThat(told.kind()).isEqualTo(ErrorKind.THROTTLED);
            assertThat(told.retryAfter()).contains(Duration.ofMinutes(10));
            answer(operation, code.status(), code.reason(), Map.of());
            assertThat(refused(() -> ask(operation)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        }
        answer("objects.insert", code.status(), code.reason(), headers);
        assertThat(refused(() -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL))
                        .kind())
                .as("what may be written is asked for again")
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    }

    private void ask(String operation) throws IOException {
        if (operation.equals("objects.list")) {
            store.list(KeyPrefix.ROOT, null, CALL);
        } else {
            store.get(key("a"), null, CALL).close();
        }
    }

    @Test
    @DisplayName("nothing is repeated: one call is one request, whatever is answered")
    void repeatsNothing() {
        for (GcsCode code :
                List.of(GcsCode.TOO_MANY, GcsCode.INTERNAL_ERROR, GcsCode.SERVICE_UNAVAILABLE, GcsCode.AUTH_ERROR)) {
            place.server().forget();
            answer("objects.get media", code.status(), code.reason(), Map.of());
            refused(() -> store.get(key("a"), null, CALL));
            assertThat(place.server().operations()).containsExactly("objects.get media");
            place.server().forget();
            answer("objects.insert", code.status(), code.reason(), Map.of());
            ProviderException written =
                    refused(() -> store.putIfAbsent(key("b"), ObjectContent.of(new byte[10]), CALL));
            assertThat(written.kind()).isNotEqualTo(ErrorKind.ALREADY_EXISTS);
            assertThat(place.server().operations()).containsExactly("objects.insert");
        }
    }

    @Test
    @DisplayName("the page about the provider has the table as it is")
    void isDocumented() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = Arrays.stream(GcsCode.values())
                .map(code -> "| `" + code.reason() + "` | " + code.status() + " | "
                        + code.kind().code() + " |")
                .toList();
        assertThat(page).contains(rows);
        assertThat(page.lines().filter(line -> line.matches("\\| `[A-Za-z0-9]+` \\| [0-9]{3} \\|.*")))
                .hasSameSizeAs(rows);
    }
}
