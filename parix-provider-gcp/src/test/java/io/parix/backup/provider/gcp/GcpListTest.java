package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Listings and ranges whose answers are not to be trusted. */
class GcpListTest {
    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);
    private final ObjectStore store = place.store();

    @AfterEach
    void close() {
        place.close();
    }

    private void fill(String key) {
        bucket.put(key, new byte[1], place.server().now());
    }

    private static List<String> names(ObjectPage page) {
        return page.objects().stream().map(each -> each.key().value()).toList();
    }

    private void answerListing(String content) {
        place.server()
                .next(
                        "objects.list",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "application/json; charset=UTF-8"),
                                ("{\"kind\": \"storage#objects\"" + content + "}").getBytes(StandardCharsets.UTF_8)));
    }

    private static String items(String... keys) {
        return ", \"items\": [" + Stream.of(keys).map(GcpListTest::item).collect(Collectors.joining(", ")) + "]";
    }

    private static String item(String key) {
        return "{\"name\": \"" + key
                + "\", \"bucket\": \"b\", \"size\": \"1\", \"timeCreated\": \"2026-01-01T00:00:00.000Z\"}";
    }

    private ErrorKind refusal() {
        return catchThrowableOfType(ProviderException.class, () -> store.list(new KeyPrefix("db"), null, CALL))
                .kind();
    }

    @Test
    @DisplayName("SPI-51 names that are no keys of ours are left out, whole pages of them too")
    void leavesForeignNamesOut() {
        fill("db/");
        fill("db/folder marker");
        IntStream.range(0, 2_100).forEach(i -> fill(String.format("db/a b/%04d", i)));
        fill("db/first");
        fill("db/last");
        ObjectPage page = store.list(new KeyPrefix("db"), null, CALL);
        assertThat(names(page)).containsExactly("db/first", "db/last");
        assertThat(page.more()).isFalse();
        assertThat(store.list(new KeyPrefix("db"), key("db/last"), CALL).more()).isFalse();
    }

    @Test
    @DisplayName("SPI-50 a listing that is out of order, or has what was not asked for, is an error and no listing")
    void refusesWhatIsOutOfOrder() {
        answerListing(items("db/b", "db/a"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(items("db/b", "db/b"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(items("db/b", "dbx/a"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(items("db/b", "db/c"));
        assertThat(names(store.list(new KeyPrefix("db"), null, CALL))).containsExactly("db/b", "db/c");
    }

    @Test
    @DisplayName("SPI-74 an answer that breaks off, is none, or has more from nowhere never looks empty")
    void refusesWhatMayNotBeWhole() {
        answerListing(", \"nextPageToken\": \"again\"");
        answerListing(", \"nextPageToken\": \"again\"");
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(", \"items\": [{\"name\": \"db/a\", \"bucket\": \"b\"}]");
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(", \"items\": [" + item("db/a"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        place.server().next("objects.list", (request, real) -> FakeAnswer.plain(200, "<html>Welcome</html>"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("SPI-51 pages that are short, or empty, and have more are followed or said to have more")
    void followsShortPages() {
        fill("db/b");
        answerListing(", \"nextPageToken\": \"" + token("db/b") + "\"");
        ObjectPage page = store.list(new KeyPrefix("db"), null, CALL);
        assertThat(names(page)).containsExactly("db/b");
        assertThat(page.more()).isFalse();
        answerListing(items("db/a") + ", \"nextPageToken\": \"" + token("db/b") + "\"");
        assertThat(store.list(new KeyPrefix("db"), null, CALL).more()).isTrue();
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().encodeToString((name + "\n0").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("SPI-43 a description without a size or a time is no answer")
    void refusesHalfAnAnswer() {
        fill("a");
        place.server()
                .next(
                        "objects.get",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "application/json; charset=UTF-8"),
                                "{\"name\": \"a\", \"bucket\": \"b\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.stat(key("a"), CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("SPI-40 a server that gives another range, or all, is refused and not believed")
    void refusesAnotherRange() {
        bucket.put("a", new byte[100], place.server().now());
        place.server().next("objects.get media", (request, real) -> FakeAnswer.of(200, Map.of(), new byte[100]));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.get(key("a"), new ByteRange(0, 10), CALL))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_REQUEST);
        place.server()
                .next(
                        "objects.get media",
                        (request, real) -> FakeAnswer.of(206, Map.of("Content-Range", "bytes 1-10/100"), new byte[10]));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.get(key("a"), new ByteRange(0, 10), CALL))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    @DisplayName("SPI-45 a whole read that has not the CRC-32C which the place keeps fails at its end")
    void comparesTheChecksum() throws IOException {
        bucket.put("a", bytes(1, 100_000), place.server().now());
        bucket.current("a").orElseThrow().bytes()[50_000] ^= 1;
        try (InputStream in = store.get(key("a"), null, CALL)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("CRC-32C");
        }
        try (InputStream in = store.get(key("a"), new ByteRange(0, 10), CALL)) {
            assertThat(in.readAllBytes()).hasSize(10);
        }
    }
}
