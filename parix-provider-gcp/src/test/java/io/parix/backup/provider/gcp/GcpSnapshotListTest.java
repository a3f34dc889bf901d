package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings, which are whole or an error. */
class GcpSnapshotListTest {
    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call);
    }

    private static FakeGce.Trouble warned(String code) {
        return (request, real) -> {
            JsonObject json = new JsonObject();
            json.add("items", new JsonArray());
            json.add("warning", FakeGce.warning(code));
            return FakeAnswer.json(json);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNREACHABLE", "PARTIAL_SUCCESS", "LIST_OVERHEAD_QUOTA_EXCEED", "A_WARNING_OF_TOMORROW"})
    @DisplayName("VOL-06, H11 a listing with a warning is unavailable, and not shorter")
    void isNotShorter(String code) {
        volumes.ask(place, "parix-b1-1-0");
        volumes.server.next("snapshots.list", warned(code));
        ProviderException partial = refused(() -> place.list(LABELS, null, CALL));
        assertThat(partial.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(partial).hasMessageContaining(code);
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
    }

    @Test
    @DisplayName("VOL-05 nothing is gone on the word of a list of operations with a warning")
    void isNotGone() {
        volumes.server.next("operations.list", warned("UNREACHABLE"));
        assertThat(refused(() -> place.describe("parix-b1-1-0", CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("VOL-06 pages that are empty, and say so, are no end")
    void goesOnAfterEmptyPages() {
        volumes.server.page(2);
        IntStream.range(0, 5).forEach(i -> volumes.ask(place, "parix-b1-1-" + i));
        volumes.server.forget();
        assertThat(place.list(LABELS, null, CALL))
                .extracting(Snapshot::name)
                .containsExactlyElementsOf(IntStream.range(0, 5)
                        .mapToObj(i -> String.format(Locale.ROOT, "parix-b1-1-%d", i))
                        .toList());
        assertThat(volumes.server.operations())
                .containsExactly("snapshots.list", "snapshots.list", "snapshots.list", "snapshots.list");
        assertThat(volumes.server.requests().get(0).query())
                .containsEntry(
                        "filter",
                        "(labels.parix-snapshot:*) AND (labels.parix-backup = \"b1\") AND (labels.parix-database = \"db-1\")")
                .doesNotContainKey("returnPartialSuccess");
    }

    @Test
    @DisplayName("VOL-06 a page that leads to itself is an error, and no listing without an end")
    void doesNotGoInCircles() {
        for (int i = 0; i < 2; i++) {
            volumes.server.next("snapshots.list", (request, real) -> {
                JsonObject json = new JsonObject();
                json.addProperty("nextPageToken", "again");
                return FakeAnswer.json(json);
            });
        }
        assertThat(refused(() -> place.list(LABELS, null, CALL))).hasMessageContaining("one page for ever");
    }

    @Test
    @DisplayName("VOL-12, H11 a zone or a region that does not answer makes volumes unavailable, and not gone")
    void needsEveryZone() {
        for (String where : List.of("zones/europe-west3-c", "regions/europe-west3")) {
            try (FakeVolumes others = new FakeVolumes()) {
                others.server.unreachable(where);
                VolumeSnapshots there = others.place();
                for (ThrowingCallable each : List.<ThrowingCallable>of(
                        () -> there.volumes(LABELS, null, CALL), () -> there.deleteVolume("v", CALL))) {
                    ProviderException partial = refused(each);
                    assertThat(partial.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                    assertThat(partial).hasMessageContaining("listed a part only");
                }
            }
        }
    }

    @Test
    @DisplayName("what is no name or no label is refused, and nobody is asked: a filter would read it")
    void asksForLabelsOnly() {
        volumes.server.forget();
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> place.describe("a/b", CALL),
                () -> place.delete("A", CALL),
                () -> volumes.ask(place, ""),
                () -> place.deleteVolume("v\" OR x", CALL),
                () -> place.list(Map.of("parix-backup", "b\") OR (x"), null, CALL),
                () -> place.list(Map.of("parix-snapshot", "s"), null, CALL),
                () -> place.volumes(Map.of("Team", "a"), null, CALL),
                () -> place.request("s", volumes.volume, Map.of("parix-volume", "v"), CALL))) {
            assertThat(refused(each).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        }
        assertThat(volumes.server.requests()).isEmpty();
    }
}
