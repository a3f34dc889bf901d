package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.bytes;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeBucket;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deleting in buckets with versions, soft delete, retention and holds, docs/decisions/0030. */
class GcpDeleteTest {
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
        bucket.put(key, bytes(1, 10), place.server().now());
    }

    @Test
    @DisplayName("SPI-60 deleted means gone: every generation, live or not")
    void removesEveryVersion() {
        bucket.keepVersions();
        fill("db/1");
        fill("db/1");
        bucket.hide("db/1");
        fill("db/1");
        fill("db/10");
        assertThat(bucket.size()).isEqualTo(4);
        assertThat(delete("db/1")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isOne();
        assertThat(delete("db/1")).isEqualTo(new DeleteOutcome.Absent());
        assertThat(store.stat(key("db/10"), CALL)).isPresent();
    }

    @Test
    @DisplayName(
            "SPI-60 what others deleted plainly is deleted where its generations live on, and absent where they do not")
    void removesWhatIsNoncurrent() {
        bucket.keepVersions();
        fill("hidden");
        bucket.hide("hidden");
        assertThat(store.stat(key("hidden"), CALL)).isEmpty();
        assertThat(store.delete(List.of(key("hidden"), key("never")), CALL))
                .containsEntry(key("hidden"), new DeleteOutcome.Deleted())
                .containsEntry(key("never"), new DeleteOutcome.Absent());
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("SPI-63 in a bucket with soft delete, deleted means that no name leads to it and its key is free")
    void countsTheSoftDeletedAsGone() {
        bucket.softDelete(Duration.ofDays(7));
        fill("a");
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.softDeleted()).isOne();
        assertThat(store.stat(key("a"), CALL)).isEmpty();
        assertThat(store.list(KeyPrefix.ROOT, null, CALL).objects()).isEmpty();
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Absent());
        FakePlace.put(store, "a", bytes(2, 10));
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("H10 what the bucket's policy retains says until when, stays, and is deleted after it")
    void tellsUntilWhenItIsRetained() {
        bucket.retainEach(Duration.ofDays(30));
        fill("db/locked");
        Instant until = place.server().now().plus(Duration.ofDays(30));
        bucket.retain("db/locked", until);
        assertThat(delete("db/locked")).isEqualTo(new DeleteOutcome.Locked(until));
        assertThat(store.stat(key("db/locked"), CALL)).isPresent();
        place.server().advance(Duration.ofDays(31));
        assertThat(delete("db/locked")).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(bucket.size()).isZero();
    }

    @Test
    @DisplayName("H10 what its own configuration retains says until when")
    void tellsUntilWhenAnObjectIsRetained() {
        bucket.tellRetentionOfObjects();
        fill("a");
        Instant until = place.server().now().plus(Duration.ofDays(3));
        bucket.retain("a", until);
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Locked(until));
        bucket.retain("a", null);
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("H10 a hold, temporary or until an event, is a lock without an end, also of what is retained")
    void tellsAHold() {
        fill("held");
        bucket.hold("held", true, false);
        assertThat(delete("held")).isEqualTo(new DeleteOutcome.Locked(null));
        bucket.hold("held", false, true);
        bucket.retain("held", place.server().now().plus(Duration.ofDays(3)));
        assertThat(delete("held")).isEqualTo(new DeleteOutcome.Locked(null));
        bucket.hold("held", false, false);
        bucket.retain("held", null);
        assertThat(delete("held")).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName(
            "H10 a lock whose end is not told counts as locked, and a missing permission is denied where there is none")
    void takesTheUnknownForLocked() {
        fill("locked");
        place.server().refuse("locked", FakeAnswer.error(403, "retentionPolicyNotMet"));
        assertThat(delete("locked")).isEqualTo(new DeleteOutcome.Locked(null));
        place.server().refuse("locked", null);
        fill("retained");
        Instant until = place.server().now().plus(Duration.ofDays(3));
        bucket.retain("retained", until);
        place.server().forbid(Set.of("storage.objects.delete"));
        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(List.of(key("locked"), key("retained")), CALL);
        assertThat(outcomes).containsEntry(key("retained"), new DeleteOutcome.Locked(until));
        assertThat(outcomes.get(key("locked"))).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(ErrorKind.DENIED);
            assertThat(failed.message()).contains("storage.objects.delete");
        });
        assertThat(bucket.size()).isEqualTo(2);
    }

    @Test
    @DisplayName("H10 of the generations of a key the one that is locked longest says how the key fares")
    void tellsTheLongestLock() {
        bucket.keepVersions();
        fill("a");
        bucket.retain("a", place.server().now().plus(Duration.ofDays(9)));
        fill("a");
        bucket.retain("a", place.server().now().plus(Duration.ofDays(1)));
        fill("a");
        Instant longest = place.server().now().plus(Duration.ofDays(8));
        assertThat(delete("a"))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Locked.class,
                        locked -> assertThat(locked.end())
                                .hasValueSatisfying(until -> assertThat(until).isAfter(longest)));
        assertThat(bucket.size()).isEqualTo(2);
    }

    @Test
    @DisplayName("SPI-60 keys that are refused have their outcomes, and their neighbours are deleted")
    void tellsPartialErrors() {
        List.of("a", "b", "c").forEach(this::fill);
        place.server().refuse("b", FakeAnswer.error(503, "backendError"));
        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(List.of(key("a"), key("b"), key("c"), key("d")), CALL);
        assertThat(outcomes)
                .containsEntry(key("a"), new DeleteOutcome.Deleted())
                .containsEntry(key("c"), new DeleteOutcome.Deleted())
                .containsEntry(key("d"), new DeleteOutcome.Absent());
        assertThat(outcomes.get(key("b")))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
        assertThat(bucket.size()).isOne();
    }

    @Test
    @DisplayName("SPI-60 a key that the answer passes over is an unknown outcome, never deleted by inference")
    void takesNothingForDeleted() {
        fill("a");
        place.server()
                .next(
                        "batch",
                        (request, real) -> FakeAnswer.of(
                                200,
                                Map.of("Content-Type", "multipart/mixed; boundary=none"),
                                "--none--\r\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(delete("a"))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
    }

    @Test
    @DisplayName("SPI-60 a deletion whose answer is lost is an unknown outcome, and repeating it finds what is left")
    void doesNotGuessAfterALostAnswer() {
        fill("a");
        place.server().next("batch", FakeGcs.lostAnswer());
        assertThat(catchThrowableOfType(ProviderException.class, () -> delete("a"))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(delete("a")).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "SPI-62 a thousand neighbours are a listing and ten batches, and what lies far apart is not walked through")
    void asksLittle() {
        List<ObjectKey> keys = IntStream.range(0, 1_000)
                .mapToObj(i -> key(String.format("db/segments/%04d.seg", i)))
                .toList();
        keys.forEach(each -> fill(each.value()));
        place.server().forget();
        assertThat(store.delete(keys, CALL).values()).containsOnly(new DeleteOutcome.Deleted());
        assertThat(place.server().operations())
                .filteredOn(operation -> !operation.equals("objects.delete"))
                .hasSize(11)
                .startsWith("objects.list")
                .containsOnlyOnce("objects.list");
        fill("db/a/first");
        fill("db/z/last");
        IntStream.range(0, 3_000).forEach(i -> fill("db/m/" + i));
        place.server().forget();
        assertThat(store.delete(List.of(key("db/a/first"), key("db/z/last")), CALL)
                        .values())
                .containsOnly(new DeleteOutcome.Deleted());
        assertThat(place.server().operations())
                .containsExactly("objects.list", "objects.list", "batch", "objects.delete", "objects.delete");
        assertThat(bucket.size()).isEqualTo(3_000);
    }

    @Test
    @DisplayName("SPI-60 generations over several pages are all found, in the middle of a key too")
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
