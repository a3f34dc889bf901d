package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static io.parix.backup.provider.gcp.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.gcp.server.FakeAnswer;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

/** The table of Compute Engine's errors, each row through Google's client from an answer, or an operation, at the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComputeCodeTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "gcp-compute.md");

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterAll
    void close() {
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(ProviderException.class, call);
    }

    /** A finer reason is in the details, beside one that anybody could have given. */
    private static FakeGce.Trouble refusal(ComputeCode code) {
        if (!code.isOfOperation()) {
            return FakeGce.error(code.status(), code.text());
        }
        String body = "{\"error\": {\"code\": " + code.status() + ", \"message\": \"No.\", \"errors\": [{\"reason\": "
                + "\"forbidden\"}], \"details\": [{\"reason\": \"" + code.text() + "\"}]}}";
        return (request, real) -> FakeAnswer.of(
                code.status(),
                Map.of("Content-Type", "application/json; charset=UTF-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String kind, ComputeCode code) {
        return kind + "-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of a server that failed after it had the whole request nobody knows what it has done. */
    private static ErrorKind ofAChange(ComputeCode code) {
        return code.kind() == ErrorKind.UNAVAILABLE && code.status() >= 500 ? ErrorKind.OUTCOME_UNKNOWN : code.kind();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "each error of Compute Engine is of its kind, for describing, listing and making snapshots and volumes")
    void isOfItsKind(ComputeCode code) {
        volumes.server.next("snapshots.list", refusal(code));
        ProviderException listed = refused(() -> place.list(LABELS, null, CALL));
        assertThat(listed.kind()).isEqualTo(code.kind());
        assertThat(listed).hasMessageContaining("listing snapshots").hasMessageContaining(code.text());
        assertThat(listed.getMessage()).contains(code.remedy());
        volumes.server.next("disks.aggregatedList", refusal(code));
        assertThat(refused(() -> place.volumes(LABELS, null, CALL)).kind()).isEqualTo(code.kind());
        volumes.server.next("snapshots.get", refusal(code));
        if (code.kind() == ErrorKind.NOT_FOUND) {
            assertThat(place.describe("s", CALL).state()).isEqualTo(State.GONE);
        } else {
            assertThat(refused(() -> place.describe("s", CALL)).kind()).isEqualTo(code.kind());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each error as the refusal of what is to be made is of its kind, and makes nothing")
    void refusesToMake(ComputeCode code) {
        String name = name("s", code);
        int before = volumes.server.disks().size();
        volumes.server.next("snapshots.insert", refusal(code));
        ProviderException made = refused(() -> volumes.ask(place, name));
        // A name that is taken and not there yet is awaited.
        assertThat(made.kind())
                .isEqualTo(code.kind() == ErrorKind.ALREADY_EXISTS ? ErrorKind.THROTTLED : ofAChange(code));
        assertThat(volumes.server.disks().size()).isEqualTo(before);
        volumes.ask(place, "usable");
        volumes.pass();
        volumes.server.next("disks.insert", refusal(code));
        ErrorKind kind = refused(
                        () -> place.materialize(new VolumeRequest(name("v", code), "usable", ZONE, LABELS), CALL))
                .kind();
        assertThat(kind)
                .isEqualTo(
                        switch (code.kind()) {
                            case ALREADY_EXISTS -> ErrorKind.CONFLICT;
                            case NOT_FOUND -> ErrorKind.INVALID_REQUEST;
                            default -> ofAChange(code);
                        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "A6 each error by which an operation ends, at once or later, is told with its kind and its wait, until asked anew")
    void isTheEndOfAnOperation(ComputeCode code) {
        for (Duration after : List.of(Duration.ZERO, Duration.ofSeconds(5))) {
            String name = name(after.isZero() ? "o" : "p", code);
            volumes.server.disks().failNext(code.text(), after);
            ProviderException first = refused(() -> volumes.ask(place, name));
            if (!after.isZero()) {
                assertThat(first.kind()).isEqualTo(ErrorKind.THROTTLED);
                volumes.clock.advance(after);
                if (code.kind() != ErrorKind.ALREADY_EXISTS) {
                    first = refused(() -> volumes.ask(place, name));
                }
            }
            if (code.kind() == ErrorKind.ALREADY_EXISTS) {
                assertThat(first.kind()).isEqualTo(ErrorKind.THROTTLED);
                assertThat(volumes.ask(place, name).state()).isEqualTo(State.CUTTING);
            } else {
                assertThat(first.kind()).isEqualTo(code.kind());
                assertThat(first).hasMessageContaining(code.text()).hasMessageContaining(code.remedy());
            }
            assertThat(place.describe(other(name), CALL).state()).isEqualTo(State.GONE);
            volumes.clock.advance(Duration.ofMinutes(10));
            assertThat(volumes.ask(place, name).state())
                    .isEqualTo(code.kind() == ErrorKind.ALREADY_EXISTS ? State.USABLE : State.CUTTING);
        }
    }

    private static String other(String name) {
        return name.substring(1) + "-other";
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "VOL-05 each error as the refusal of a deletion is gone already, in use, or of its kind, and deletes nothing")
    void isTheOutcomeOfADeletion(ComputeCode code) {
        String name = name("d", code);
        volumes.ask(place, name);
        volumes.pass();
        volumes.server.next("snapshots.delete", refusal(code));
        switch (code.kind()) {
            case NOT_FOUND -> assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Absent());
            case IN_USE ->
                assertThat(place.delete(name, CALL)).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE);
                    assertThat(failed.message()).contains(code.text());
                });
            default ->
                assertThat(refused(() -> place.delete(name, CALL)).kind()).isEqualTo(ofAChange(code));
        }
        assertThat(place.describe(name, CALL).state()).isEqualTo(State.USABLE);
        assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("A6 a limit delays: none of them is of a kind that fails, and each says how long or counts as a quota")
    void delaysAtALimit() {
        for (ComputeCode code : ComputeCode.values()) {
            boolean limit = code.text()
                    .toUpperCase(Locale.ROOT)
                    .replace("_", "")
                    .matches(".*(LIMITEXCEEDED|RATEEXCEEDED|QUOTAEXCEEDED|EXHAUSTED|WITHDETAILS|STOCKOUT)");
            assertThat(code.kind().reaction() == ErrorKind.Reaction.WAIT && code.kind() != ErrorKind.IN_USE)
                    .as(code.text())
                    .isEqualTo(limit);
        }
    }

    @Test
    @DisplayName(
            "A6 what is throttled waits as Compute Engine says; for a disk ten minutes otherwise, for requests one")
    void saysHowLong() {
        assertThat(waitAfter("rateLimitExceeded", Map.of())).isEqualTo(Duration.ofMinutes(1));
        assertThat(waitAfter("rateLimitExceeded", Map.of("Retry-After", "40"))).isEqualTo(Duration.ofSeconds(40));
        volumes.server.disks().failNext("RESOURCE_OPERATION_RATE_EXCEEDED", Duration.ZERO);
        assertThat(refused(() -> volumes.ask(place, "w2")).retryAfter()).contains(Duration.ofMinutes(10));
        volumes.clock.advance(Duration.ofMinutes(4));
        assertThat(refused(() -> volumes.ask(place, "w2")).retryAfter()).contains(Duration.ofMinutes(6));
    }

    @Test
    @DisplayName(
            "A6 a server that refuses to describe and says for how long is throttled for that time, else unavailable")
    void waitsAsLongAsItIsAway() {
        volumes.server.next("snapshots.get", FakeGce.error(503, "backendError", Map.of("Retry-After", "600")));
        ProviderException told = refused(() -> place.describe("s", CALL));
        assertThat(told.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(told.retryAfter()).contains(Duration.ofMinutes(10));
        volumes.server.next("snapshots.get", FakeGce.error(503, "backendError"));
        assertThat(refused(() -> place.describe("s", CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    private Duration waitAfter(String reason, Map<String, String> headers) {
        volumes.server.next("snapshots.insert", FakeGce.error(403, reason, headers));
        return refused(() -> volumes.ask(place, "w")).retryAfter().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "400, nobodyKnowsIt, INVALID_REQUEST",
        "400, kmsKeyDisabledSomehow, DENIED",
        "401, nobodyKnowsIt, UNAVAILABLE",
        "403, nobodyKnowsIt, DENIED",
        "409, nobodyKnowsIt, ALREADY_EXISTS",
        "429, nobodyKnowsIt, THROTTLED",
        "500, nobodyKnowsIt, UNAVAILABLE",
        "503, nobodyKnowsIt, UNAVAILABLE",
        "599, nobodyKnowsIt, UNAVAILABLE"
    })
    @DisplayName("a reason that nobody documents is of the kind of its status, but for those of keys")
    void decidesByStatus(int status, String reason, ErrorKind kind) {
        volumes.server.next("snapshots.get", FakeGce.error(status, reason));
        assertThat(refused(() -> place.describe("s", CALL)).kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("an answer that is no JSON, or none that anybody expects, is of the kind of its status")
    void readsAnything() {
        for (String body :
                List.of("<html>Bad Gateway</html>", "[]", "{\"error\": 3}", "{\"error\": {\"errors\": [1]}}", "")) {
            volumes.server.next("snapshots.get", (request, real) -> FakeAnswer.plain(502, body));
            ProviderException refused = refused(() -> place.describe("s", CALL));
            assertThat(refused.kind()).as(body).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(refused).hasMessageContaining("502 without a reason");
        }
    }

    @Test
    @DisplayName("nothing is repeated by the client")
    void asksOnce() {
        for (ComputeCode code :
                List.of(ComputeCode.RATE, ComputeCode.INTERNAL, ComputeCode.BACKEND, ComputeCode.AUTH_ERROR)) {
            volumes.server.forget();
            volumes.server.next("snapshots.get", refusal(code));
            refused(() -> place.describe("s", CALL));
            assertThat(volumes.server.operations()).containsExactly("snapshots.get");
        }
    }

    @Test
    @DisplayName("the page about snapshots has the table as it is")
    void isDocumented() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = Arrays.stream(ComputeCode.values())
                .map(code -> "| `" + code.text() + "` | " + code.status() + " | "
                        + code.kind().code() + " | " + code.remedy() + " |")
                .toList();
        assertThat(page).contains(rows);
        assertThat(page.lines().filter(line -> line.matches("\\| `[A-Za-z_]+` \\| [0-9]{3} \\|.*")))
                .hasSameSizeAs(rows);
    }
}
