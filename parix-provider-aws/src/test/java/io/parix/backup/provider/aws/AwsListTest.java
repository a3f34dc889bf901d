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
