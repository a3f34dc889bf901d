package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeBucket;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Listings and ranges whose answers are not to be trusted. */
class AwsListTest {
    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);
    private final ObjectStore store = place.store();

    @AfterEach
    void close() {
        place.close();
    }

    private void fill(String key) {
        bucket.put(key, new byte[1], Map.of(), place.server().now());
    }

    private static List<String> names(ObjectPage page) {
        return page.objects().stream().map(each -> each.key().value()).toList();
    }

    private void answerListing(String content) {
        place.server()
                .next(
                        "ListObjectsV2",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "application/xml"),
                                ("<ListBucketResult>" + content + "</ListBucketResult>")
                                        .getBytes(StandardCharsets.UTF_8)));
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
    @DisplayName("SPI-51 SPI-60 a foreign name that XML cannot hold hides nothing, from a listing and from a deletion")
    void readsPastNamesThatXmlCannotHold() {
        for (boolean versions : new boolean[] {false, true}) {
            if (versions) {
                bucket.keepVersions();
            }
            fill("db/a\u0001\u0008b");
            fill("db/b + c%20&<d>\u00e4");
            fill("db/e");
            fill("db/e\u0001f");
            fill("db/f");
            assertThat(names(store.list(new KeyPrefix("db"), null, CALL))).containsExactly("db/e", "db/f");
            assertThat(names(store.list(new KeyPrefix("db"), key("db/e"), CALL)))
                    .containsExactly("db/f");
            assertThat(store.delete(List.of(key("db/e"), key("db/f")), CALL).values())
                    .containsOnly(new DeleteOutcome.Deleted());
            assertThat(store.list(new KeyPrefix("db"), null, CALL).objects()).isEmpty();
        }
    }

    /** The answer that the server gives to a listing that is asked for now. */
    private FakeAnswer recorded(String operation, Runnable listing) {
        AtomicReference<FakeAnswer> kept = new AtomicReference<>();
        place.server().next(operation, (request, real) -> {
            kept.set(real.get());
            return kept.get();
        });
        listing.run();
        return Objects.requireNonNull(kept.get());
    }

    private void answerAgain(String operation, FakeAnswer answer) {
        place.server().next(operation, (request, real) -> answer);
    }

    @Test
    @DisplayName(
            "SPI-51 an answer that comes twice is not taken for that to another listing: of another prefix, page or bucket")
    void knowsItsAnswer() {
        IntStream.range(0, 1_500).forEach(i -> fill(String.format("db/%04d", i)));
        fill("dc/a");
        place.server().bucket("another-bucket");
        KeyPrefix prefix = new KeyPrefix("db");
        FakeAnswer second = recorded("ListObjectsV2", () -> store.list(prefix, key("db/0999"), CALL));
        FakeAnswer root = recorded("ListObjectsV2", () -> store.list(KeyPrefix.ROOT, key("x"), CALL));
        FakeAnswer nothing = recorded("ListObjectsV2", () -> store.list(new KeyPrefix("dd"), null, CALL));
        ObjectStore other = place.store("another-bucket", Map.of());
        FakeAnswer elsewhere = recorded("ListObjectsV2", () -> other.list(prefix, null, CALL));
        for (FakeAnswer each : List.of(second, root, nothing, elsewhere)) {
            answerAgain("ListObjectsV2", each);
            assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(store.list(prefix, null, CALL).objects()).hasSize(1_000);
        }
    }

    @Test
    @DisplayName("SPI-60 an answer that comes twice is not taken for that to the listing of a deletion")
    void knowsTheAnswerOfADeletion() {
        fill("db/a");
        FakeAnswer another = recorded("ListObjectVersions", () -> store.delete(List.of(key("dc/b")), CALL));
        answerAgain("ListObjectVersions", another);
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.delete(List.of(key("db/a")), CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(store.delete(List.of(key("db/a")), CALL)).containsValue(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("SPI-50 a listing that is out of order, or has what was not asked for, is an error and no listing")
    void refusesWhatIsOutOfOrder() {
        String one = "<IsTruncated>false</IsTruncated>" + contents("db/b");
        answerListing(one + contents("db/a"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(one + contents("db/b"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(one + contents("dbx/a"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing(one + contents("db/c"));
        assertThat(names(store.list(new KeyPrefix("db"), null, CALL))).containsExactly("db/b", "db/c");
    }

    private static String contents(String key) {
        return "<Contents><Key>" + key
                + "</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>";
    }

    @Test
    @DisplayName("SPI-74 an answer that does not say whether it is whole, or breaks off, never looks empty")
    void refusesWhatMayNotBeWhole() {
        answerListing("");
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing("<IsTruncated>true</IsTruncated>");
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        answerListing("<IsTruncated>false</IsTruncated><Contents><Key>db/a</Key></Contents>");
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        place.server()
                .next(
                        "ListObjectsV2",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of(),
                                "<ListBucketResult><IsTruncated>false</IsTruncated>".getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("SPI-43 a description without a time, or a deletion of what has no name of ours, is no answer")
    void refusesHalfAnAnswer() {
        fill("a");
        place.server().next("HeadObject", (request, real) -> FakeAnswer.of(200, Map.of(), new byte[0]));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.stat(key("a"), CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        place.server()
                .next(
                        "DeleteObjects",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "application/xml"),
                                "<DeleteResult><Deleted><Key>not ours</Key></Deleted></DeleteResult>"
                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(store.delete(List.of(key("a")), CALL).get(key("a")))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
    }

    @Test
    @DisplayName("SPI-40 a server that gives another range, or all, is refused and not believed")
    void refusesAnotherRange() {
        bucket.put("a", new byte[100], Map.of(), place.server().now());
        place.server().next("GetObject", (request, real) -> FakeAnswer.of(200, Map.of(), new byte[100]));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.get(key("a"), new ByteRange(0, 10), CALL))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_REQUEST);
        place.server()
                .next(
                        "GetObject",
                        (request, real) -> FakeAnswer.of(206, Map.of("Content-Range", "bytes 1-10/100"), new byte[10]));
        assertThat(catchThrowableOfType(ProviderException.class, () -> store.get(key("a"), new ByteRange(0, 10), CALL))
                        .kind())
                .isEqualTo(ErrorKind.INVALID_REQUEST);
    }
}
