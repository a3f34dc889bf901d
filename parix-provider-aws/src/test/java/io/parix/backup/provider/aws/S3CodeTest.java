package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.aws.server.FakeAnswer;
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
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of errors, each row through the SDK's client from an answer at the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3CodeTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "aws.md");

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
    @DisplayName("each code that S3 documents is of its kind, for reading, listing, writing and deleting")
    void isOfItsKind(S3Code code) {
        answer("GetObject", code.status(), code.text(), Map.of());
        ProviderException read = refused(() -> store.get(key("a"), null, CALL));
        assertThat(read.kind()).isEqualTo(code.kind());
        assertThat(read).hasMessageContaining("reading a").hasMessageContaining(code.text());
        assertThat(read.getMessage()).contains(code.remedy());
        answer("ListObjectsV2", code.status(), code.text(), Map.of());
        assertThat(refused(() -> store.list(KeyPrefix.ROOT, null, CALL)).kind()).isEqualTo(code.kind());
        // Of a server that failed after it had the whole request nobody knows what it has done.
        ErrorKind written = code.status() == 500 ? ErrorKind.OUTCOME_UNKNOWN : code.kind();
        answer("PutObject", code.status(), code.text(), Map.of());
        assertThat(refused(() -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL))
                        .kind())
                .isEqualTo(written);
        answer("ListObjectVersions", code.status(), code.text(), Map.of());
        if (code == S3Code.NOT_IMPLEMENTED) {
            // A server without versions is asked for its objects next.
            answer("ListObjectsV2", code.status(), code.text(), Map.of());
        }
        assertThat(refused(() -> store.delete(List.of(key("a")), CALL)).kind()).isEqualTo(code.kind());
        assertThat(place.server().bucket(FakePlace.BUCKET).size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("SPI-60 each code as the refusal of one key is that key's outcome")
    void isTheOutcomeOfAKey(S3Code code) {
        FakePlace.put(store, "one", new byte[1]);
        FakePlace.put(store, "other", new byte[1]);
        place.server().refuse("one", code.text());
        DeleteOutcome outcome =
                store.delete(List.of(key("one"), key("other")), CALL).get(key("one"));
        place.server().refuse("one", "");
        assertThat(store.delete(List.of(key("one")), CALL)).containsValue(new DeleteOutcome.Deleted());
        if (code.kind() == ErrorKind.NOT_FOUND) {
            assertThat(outcome).isEqualTo(new DeleteOutcome.Absent());
        } else {
            assertThat(outcome).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(code.kind());
                assertThat(failed.message()).contains(code.text());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, UNAVAILABLE",
        "401, INVALID_REQUEST",
        "403, DENIED",
        "409, UNAVAILABLE",
        "412, ALREADY_EXISTS",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "503, THROTTLED",
        "599, UNAVAILABLE"
    })
    @DisplayName("an answer to HEAD has no code, and its status decides")
    void decidesByStatus(int status, ErrorKind kind) {
        answer("HeadObject", status, "Anything", Map.of());
        assertThat(refused(() -> store.stat(key("a"), CALL)).kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("a code that nobody documents is of the kind of its status, or of throttling by the SDK's list")
    void takesStrangeCodes() {
        answer("GetObject", 418, "ImATeapot", Map.of());
        assertThat(refused(() -> store.get(key("a"), null, CALL)).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        answer("GetObject", 400, "RequestLimitExceeded", Map.of());
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
        answer("GetObject", 503, "SlowDown", headers);
        return refused(() -> store.get(key("a"), null, CALL)).retryAfter().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERVICE_UNAVAILABLE"})
    @DisplayName(
            "A6 a server that refuses and says for how long is throttled for that time; one that does not say is unavailable")
    void waitsAsLongAsItIsAway(S3Code code) {
        for (boolean told : new boolean[] {true, false}) {
            Map<String, String> headers = told ? Map.of("Retry-After", "600") : Map.of();
            answer("GetObject", code.status(), code.text(), headers);
            ProviderException read = refused(() -> store.get(key("a"), null, CALL));
            answer("PutObject", code.status(), code.text(), headers);
            ProviderException written =
                    refused(() -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL));
            for (ProviderException each : List.of(read, written)) {
                assertThat(each.kind()).isEqualTo(told ? ErrorKind.THROTTLED : ErrorKind.UNAVAILABLE);
                assertThat(each.retryAfter()).isEqualTo(told ? Optional.of(Duration.ofMinutes(10)) : Optional.empty());
            }
        }
        answer("PutObject", 500, "InternalError", Map.of("Retry-After", "600"));
        assertThat(refused(() -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL))
                        .kind())
                .as("who failed midway may have done it")
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    }

    @Test
    @DisplayName("nothing is repeated: one call is one request, whatever is answered")
    void repeatsNothing() {
        for (String code : List.of("SlowDown", "InternalError", "RequestTimeout", "RequestTimeTooSkewed")) {
            place.server().forget();
            answer("GetObject", S3Code.of(code).orElseThrow().status(), code, Map.of());
            refused(() -> store.get(key("a"), null, CALL));
            assertThat(place.server().operations()).containsExactly("GetObject");
        }
    }

    @Test
    @DisplayName("the page about the provider has the table as it is")
    void isDocumented() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = Arrays.stream(S3Code.values())
                .map(code -> "| `" + code.text() + "` | " + code.status() + " | "
                        + code.kind().code() + " |")
                .toList();
        assertThat(page).contains(rows);
        assertThat(page.lines().filter(line -> line.matches("\\| `[A-Z][A-Za-z.0-9]+` \\| [0-9]{3} \\|.*")))
                .hasSameSizeAs(rows);
    }
}
