package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.io.IOException;
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

/** The table of EC2's errors, each row through the SDK's client from an answer at the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ec2CodeTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "aws-ebs.md");

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterAll
    void close() {
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(ProviderException.class, call);
    }

    private void answer(String action, Ec2Code code) {
        volumes.server.next(action, FakeEc2.error(code.status(), code.text()));
    }

    private static String name(String kind, Ec2Code code) {
        return kind + "-" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of a server that failed after it had the whole request nobody knows what it has done. */
    private static ErrorKind ofAChange(Ec2Code code) {
        return code.kind() == ErrorKind.UNAVAILABLE && code.status() >= 500 ? ErrorKind.OUTCOME_UNKNOWN : code.kind();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "each code that EC2 documents is of its kind, for describing, listing and making snapshots and volumes")
    void isOfItsKind(Ec2Code code) {
        answer("DescribeSnapshots", code);
        ProviderException described = refused(() -> place.describe("s", CALL));
        assertThat(described.kind()).isEqualTo(code.kind());
        assertThat(described).hasMessageContaining("describing snapshot s").hasMessageContaining(code.text());
        assertThat(described.getMessage()).contains(code.remedy());
        answer("DescribeVolumes", code);
        assertThat(refused(() -> place.volumes(LABELS, null, CALL)).kind()).isEqualTo(code.kind());
        int before = volumes.server.ebs().size();
        answer("CreateSnapshot", code);
        assertThat(refused(() -> volumes.ask(place, name("s", code))).kind()).isEqualTo(ofAChange(code));
        assertThat(volumes.server.ebs().size()).isEqualTo(before);
        volumes.ask(place, "usable");
        volumes.pass();
        answer("CreateVolume", code);
        assertThat(refused(() -> place.materialize(new VolumeRequest(name("v", code), "usable", ZONE, LABELS), CALL))
                        .kind())
                .isEqualTo(ofAChange(code));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "VOL-05 each code as the refusal of a deletion is gone already, in use, or of its kind, and deletes nothing")
    void isTheOutcomeOfADeletion(Ec2Code code) {
        String name = name("d", code);
        volumes.ask(place, name);
        volumes.pass();
        answer("DeleteSnapshot", code);
        switch (code.kind()) {
            case NOT_FOUND -> assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Absent());
            case IN_USE ->
                assertThat(place.delete(name, CALL)).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE);
                    assertThat(failed.message()).contains(code.text());
                });
            case LOCKED -> assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Locked(null));
            default ->
                assertThat(refused(() -> place.delete(name, CALL)).kind()).isEqualTo(ofAChange(code));
        }
        assertThat(place.describe(name, CALL).state()).isEqualTo(State.USABLE);
        assertThat(place.delete(name, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("A6 a limit delays: none of them is of a kind that fails, and each says how long or counts as a quota")
    void delaysAtALimit() {
        for (Ec2Code code : Ec2Code.values()) {
            boolean limit = code.text().matches(".*(LimitExceeded|RateExceeded|CountExceeded|Capacity|Throttling)")
                    && !List.of(Ec2Code.TAG_LIMIT, Ec2Code.FILTER_LIMIT, Ec2Code.REQUEST_COUNT)
                            .contains(code);
            assertThat(code.kind().reaction() == ErrorKind.Reaction.WAIT
                            && code.kind() != ErrorKind.IN_USE
                            && code.kind() != ErrorKind.LOCKED)
                    .as(code.text())
                    .isEqualTo(limit);
        }
    }

    @Test
    @DisplayName(
            "A6 what is throttled waits as EC2 says, fifteen seconds for a volume and a second for requests otherwise")
    void saysHowLong() {
        assertThat(waitAfter("SnapshotCreationPerVolumeRateExceeded", Map.of())).isEqualTo(Duration.ofSeconds(15));
        assertThat(waitAfter("RequestLimitExceeded", Map.of())).isEqualTo(Duration.ofSeconds(1));
        assertThat(waitAfter("SnapshotCreationPerVolumeRateExceeded", Map.of("Retry-After", "40")))
                .isEqualTo(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVICE_UNAVAILABLE", "UNAVAILABLE_CODE"})
    @DisplayName(
            "A6 a server that refuses and says for how long is throttled for that time; one that does not say is unavailable")
    void waitsAsLongAsItIsAway(Ec2Code code) {
        volumes.server.next(
                "DescribeSnapshots", FakeEc2.error(code.status(), code.text(), Map.of("Retry-After", "600")));
        ProviderException told = refused(() -> volumes.ask(place, name("a", code)));
        assertThat(told.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(told.retryAfter()).contains(Duration.ofMinutes(10));
        volumes.server.next("DescribeSnapshots", FakeEc2.error(code.status(), code.text()));
        assertThat(refused(() -> volumes.ask(place, name("a", code))).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(place.describe(name("a", code), CALL).state()).isEqualTo(State.GONE);
    }

    private Duration waitAfter(String code, Map<String, String> headers) {
        volumes.server.next("CreateSnapshot", FakeEc2.error(503, code, headers));
        return refused(() -> volumes.ask(place, "w")).retryAfter().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, DENIED",
        "403, DENIED",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "503, THROTTLED",
        "599, UNAVAILABLE"
    })
    @DisplayName("a code that nobody documents is of the kind of its status")
    void decidesByStatus(int status, ErrorKind kind) {
        volumes.server.next("DescribeSnapshots", FakeEc2.error(status, "Nobody.KnowsIt"));
        assertThat(refused(() -> place.describe("s", CALL)).kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("nothing is repeated by the SDK")
    void asksOnce() {
        for (String code : List.of("RequestLimitExceeded", "InternalError", "Unavailable")) {
            volumes.server.forget();
            volumes.server.next(
                    "DescribeSnapshots",
                    FakeEc2.error(Ec2Code.of(code).orElseThrow().status(), code));
            refused(() -> place.describe("s", CALL));
            assertThat(volumes.server.actions()).containsExactly("DescribeSnapshots");
        }
    }

    @Test
    @DisplayName("the page about snapshots has the table as it is")
    void isDocumented() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = Arrays.stream(Ec2Code.values())
                .map(code -> "| `" + code.text() + "` | " + code.status() + " | "
                        + code.kind().code() + " | " + code.remedy() + " |")
                .toList();
        assertThat(page).contains(rows);
        assertThat(page.lines().filter(line -> line.matches("\\| `[A-Z][A-Za-z.0-9]+` \\| [0-9]{3} \\|.*")))
                .hasSameSizeAs(rows);
    }
}
