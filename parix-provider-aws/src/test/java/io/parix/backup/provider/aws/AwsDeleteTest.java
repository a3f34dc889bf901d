package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.bytes;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeBucket;
import io.parix.backup.provider.aws.server.FakeS3;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deleting in buckets with versions and locks, docs/decisions/0025. */
class AwsDeleteTest {
    private final FakePlace place = new FakePlace();
    private final FakeBucket bucket = place.server().bucket(FakePlace.BUCKET);
    private final ObjectStore store = place.store();

    @AfterEach
    void close() {
        place.close();
    }

    private DeleteOutcome delete(String key) {
        return Objects.requireNonNull(store.delete(List.of(key(key)), CALL).get(key(key)));
    }

    private void fill(String key) {
        bucket.put(key, bytes(1, 10), Map.of(), place.server().now());
    }

    @Test
    @DisplayName("SPI-60 deleted means gone: every version, and the markers of others after them")
    void removesEveryVersion() {
        bucket.keepVersions();
        fill("db/1");
        fill("db/1");
        bucket.hide("db/1", place.server().now());
        fill("db/1");
        fill("db/10");
        assertThat(bucket.size()).isEqualTo(5);
        assertThat(delete("db/1")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isOne();
        assertThat(delete("db/1")).isEqualTo(new DeleteOutcome.Absent());
        assertThat(store.stat(key("db/10"), CALL)).isPresent();
    }

    @Test
    @DisplayName("SPI-60 what is hidden by a marker is deleted, and a marker alone was no object")
    void removesWhatIsHidden() {
        bucket.keepVersions();
        fill("hidden");
        bucket.hide("hidden", place.server().now());
        bucket.hide("marker", place.server().now());
        assertThat(store.delete(List.of(key("hidden"), key("marker")), CALL))
                .containsEntry(key("hidden"), new DeleteOutcome.Deleted())
                .containsEntry(key("marker"), new DeleteOutcome.Absent());
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("H10 what is locked says until when, stays, and is deleted after it")
    void tellsUntilWhenItIsLocked() {
        bucket.lockEach(Duration.ofDays(30));
        fill("db/locked");
        Instant until = place.server().now().plus(Duration.ofDays(30));
        bucket.lock("db/locked", until, false);
        assertThat(delete("db/locked")).isEqualTo(new DeleteOutcome.Locked(until));
        assertThat(store.stat(key("db/locked"), CALL)).isPresent();
        place.server().advance(Duration.ofDays(31));
        assertThat(delete("db/locked")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("H10 a legal hold is a lock without an end")
    void tellsALegalHold() {
        bucket.allowLocks();
        fill("held");
        bucket.lock("held", null, true);
        assertThat(delete("held")).isEqualTo(new DeleteOutcome.Locked(null));
        bucket.lock("held", null, false);
        assertThat(delete("held")).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("H10 a lock that may not be read counts as locked, and where there can be none it is denied")
    void takesTheUnknownForLocked() {
        bucket.lockEach(Duration.ofDays(30));
        fill("locked");
        place.server().forbid(Set.of("s3:GetObjectRetention"));
        assertThat(delete("locked")).isEqualTo(new DeleteOutcome.Locked(null));
        FakeBucket plain = place.server().bucket("plain-bucket");
        plain.put("a", bytes(1, 10), Map.of(), place.server().now());
        plain.put("b", bytes(1, 10), Map.of(), place.server().now());
        place.server().forbid(Set.of("s3:DeleteObjectVersion"));
        place.server().forget();
        Map<ObjectKey, DeleteOutcome> outcomes =
                place.store("plain-bucket", Map.of()).delete(List.of(key("a"), key("b")), CALL);
        assertThat(outcomes.values())
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOfSatisfying(
                                DeleteOutcome.Failed.class,
                                failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.DENIED)));
        assertThat(place.server().operations())
                .as("a bucket without locks is asked about them once")
                .containsExactly("ListObjectVersions", "DeleteObjects", "GetObjectRetention");
    }

    @Test
    @DisplayName("H10 a marker in front of what is locked stays, so that nothing hidden is seen again")
    void leavesTheMarkerOfTheLocked() {
        bucket.lockEach(Duration.ofDays(30));
        fill("a");
        bucket.hide("a", place.server().now());
        assertThat(delete("a")).isInstanceOf(DeleteOutcome.Locked.class);
        assertThat(bucket.size()).isEqualTo(2);
        assertThat(store.stat(key("a"), CALL)).isEmpty();
    }

    @Test
    @DisplayName("SPI-60 keys that are refused have their outcomes, and their neighbours are deleted")
    void tellsPartialErrors() {
        List.of("a", "b", "c").forEach(this::fill);
        place.server().refuse("b", "InternalError");
        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(List.of(key("a"), key("b"), key("c"), key("d")), CALL);
        assertThat(outcomes)
                .containsEntry(key("a"), new DeleteOutcome.Deleted())
                .containsEntry(key("c"), new DeleteOutcome.Deleted())
                .containsEntry(key("d"), new DeleteOutcome.Absent());
        assertThat(outcomes.get(key("b")))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
        assertThat(bucket.size()).isOne();
    }

    @Test
    @DisplayName("SPI-60 a key that the answer passes over is an unknown outcome, never deleted by inference")
    void takesNothingForDeleted() {
        fill("a");
        place.server()
                .next(
                        "DeleteObjects",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "application/xml"),
                                "<DeleteResult></DeleteResult>".getBytes(StandardCharsets.UTF_8)));
        assertThat(delete("a"))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
    }

    @Test
    @DisplayName("SPI-60 a deletion whose answer is lost is an unknown outcome, and repeating it finds what is left")
    void doesNotGuessAfterALostAnswer() {
        fill("a");
        place.server().next("DeleteObjects", FakeS3.lostAnswer());
        assertThat(catchThrowableOfType(ProviderException.class, () -> delete("a"))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("SPI-62 a thousand neighbours are two requests, and what lies far apart is not walked through")
    void asksLittle() {
        List<ObjectKey> keys = IntStream.range(0, 1_000)
                .mapToObj(i -> key(String.format("db/segments/%04d.seg", i)))
                .toList();
        keys.forEach(each -> fill(each.value()));
        place.server().forget();
        assertThat(store.delete(keys, CALL).values()).containsOnly(new DeleteOutcome.Deleted());
        assertThat(place.server().operations()).containsExactly("ListObjectVersions", "DeleteObjects");
        fill("db/a/first");
        fill("db/z/last");
        IntStream.range(0, 3_000).forEach(i -> fill("db/m/" + i));
        place.server().forget();
        assertThat(store.delete(List.of(key("db/a/first"), key("db/z/last")), CALL)
                        .values())
                .containsOnly(new DeleteOutcome.Deleted());
        assertThat(place.server().operations())
                .containsExactly("ListObjectVersions", "ListObjectVersions", "DeleteObjects");
        assertThat(bucket.size()).isEqualTo(3_000);
    }

    @Test
    @DisplayName(
            "SPI-60 SPI-62 a server that knows of no versions is asked for its objects, neighbours and far ones, and told no version")
    void deletesWhereThereAreNoVersions() {
        List.of("a", "b", "z").forEach(this::fill);
        IntStream.range(0, 2_500).forEach(i -> fill("m/" + i));
        place.server().forget();
        List<String> sent = new ArrayList<>();
        place.server().next("ListObjectVersions", (request, real) -> FakeAnswer.error(501, "NotImplemented"));
        place.server().next("DeleteObjects", (request, real) -> {
            sent.add(new String(request.body().get(), StandardCharsets.UTF_8));
            return real.get();
        });
        assertThat(store.delete(List.of(key("a"), key("b"), key("c"), key("z")), CALL))
                .containsEntry(key("a"), new DeleteOutcome.Deleted())
                .containsEntry(key("b"), new DeleteOutcome.Deleted())
                .containsEntry(key("c"), new DeleteOutcome.Absent())
                .containsEntry(key("z"), new DeleteOutcome.Deleted());
        assertThat(place.server().operations())
                .containsExactly("ListObjectVersions", "ListObjectsV2", "ListObjectsV2", "DeleteObjects");
        assertThat(sent)
                .singleElement()
                .satisfies(body -> assertThat(body).contains("<Key>a</Key>").doesNotContain("VersionId"));
        assertThat(bucket.size()).isEqualTo(2_500);
    }

    @Test
    @DisplayName("SPI-60 versions over several pages are all found, in the middle of a key too")
    void findsVersionsOverPages() {
        bucket.keepVersions();
        IntStream.range(0, 1_500).forEach(i -> fill("many"));
        fill("next");
        fill("other");
        assertThat(store.delete(List.of(key("many"), key("next")), CALL).values())
                .containsOnly(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isOne();
        assertThat(store.list(KeyPrefix.ROOT, null, CALL).objects()).hasSize(1);
    }

    @Test
    @DisplayName("SPI-60 more versions than one call removes are no success; the next call goes on")
    void goesOnNextTime() {
        bucket.keepVersions();
        IntStream.range(0, 10_500).forEach(i -> fill("very-many"));
        fill("a");
        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(List.of(key("a"), key("very-many")), CALL);
        assertThat(outcomes).containsEntry(key("a"), new DeleteOutcome.Deleted());
        assertThat(outcomes.get(key("very-many"))).isInstanceOf(DeleteOutcome.Failed.class);
        assertThat(bucket.size()).isBetween(1, 1_000);
        assertThat(delete("very-many")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isZero();
    }
}
