package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.servers.FaultProxy;
import io.parix.backup.servers.FaultProxy.Fault;
import io.parix.backup.servers.FaultProxy.Kind;
import io.parix.backup.servers.FaultProxy.Way;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that break under requests for snapshots: one snapshot of a name, whatever is heard of it. */
class AwsSnapshotFaultTest {
    private static final String NAME = "parix-b1-1-0";

    /** Never due. */
    private static final Fault NONE = new Fault(Way.ANSWER, Kind.CUT, Long.MAX_VALUE);

    private final FakeVolumes volumes = new FakeVolumes();
    private final FaultProxy proxy = FaultProxy.before(volumes.server.uri());

    AwsSnapshotFaultTest() {
        volumes.server.closeEach();
    }

    @AfterEach
    void close() {
        volumes.close();
        proxy.close();
    }

    private VolumeSnapshots place() {
        return volumes.placeVia(proxy.uri(), Map.of("stall-timeout", "PT0.3S"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(Kind.RESET, Kind.CUT, Kind.STALL)
                .flatMap(kind -> Stream.of(
                                new Fault(Way.REQUEST, kind, 0),
                                new Fault(Way.REQUEST, kind, 900),
                                new Fault(Way.ANSWER, kind, 0),
                                new Fault(Way.ANSWER, kind, 40),
                                new Fault(Way.ANSWER, kind, 500))
                        .flatMap(fault -> Stream.of(0, 1, 2, 3).map(request -> Arguments.of(fault, request))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName(
            "VOL-01 a fault in any request of the way, of two in a row, leaves one snapshot of the name once it is answered")
    void makesOne(Fault fault, int request) {
        VolumeSnapshots place = place();
        for (int i = 0; i < request; i++) {
            proxy.plan(NONE);
        }
        proxy.plan(fault);
        proxy.plan(fault);
        List<ErrorKind> heard = new ArrayList<>();
        Snapshot made = null;
        while (made == null && heard.size() < 10) {
            try {
                made = volumes.ask(place, NAME);
            } catch (ProviderException e) {
                heard.add(e.kind());
                volumes.clock.advance(e.retryAfter().orElse(Duration.ofSeconds(10)));
            }
        }
        assertThat(heard)
                .isSubsetOf(ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN, ErrorKind.THROTTLED)
                .hasSizeLessThan(4);
        assertThat(volumes.named(NAME)).isEqualTo(1);
        String id = volumes.server.ebs().snapshots(TAG, NAME).get(0).id();
        assertThat(made).isNotNull().extracting(Snapshot::opaque).isEqualTo(id + " of " + volumes.volume);
        assertThat(volumes.place().describe(NAME, CALL).opaque()).isEqualTo(id + " of " + volumes.volume);
    }

    @Test
    @DisplayName(
            "an answer that is cut in its middle is no answer: what was made is found, and a listing is never shorter")
    void readsNoHalfAnswers() {
        volumes.server.next("CreateSnapshot", (request, real) -> half(real.get()));
        assertThat(volumes.ask(volumes.place(), NAME).state()).isEqualTo(State.CUT);
        volumes.server.next("DescribeSnapshots", (request, real) -> half(real.get()));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> volumes.place().list(LABELS, null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    /** Whole as HTTP counts it, so that only its XML tells. */
    private static FakeAnswer half(FakeAnswer whole) {
        byte[] body = whole.body().get();
        return FakeAnswer.of(200, Map.of(), Arrays.copyOf(body, body.length / 2));
    }

    @Test
    @DisplayName("a server that refuses and fails delays the name, and nothing is made but once")
    void survivesRefusals() {
        VolumeSnapshots place = volumes.place();
        volumes.server.next("DescribeSnapshots", FakeEc2.error(503, "RequestLimitExceeded"));
        volumes.server.next("CreateSnapshot", FakeEc2.error(503, "Unavailable"));
        volumes.server.next("CreateSnapshot", FakeEc2.error(503, "RequestLimitExceeded"));
        List<ErrorKind> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ProviderException refused = catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME));
            heard.add(refused.kind());
            volumes.clock.advance(
                    refused.kind() == ErrorKind.OUTCOME_UNKNOWN ? Recent.SETTLING : Duration.ofSeconds(1));
        }
        assertThat(heard).containsExactly(ErrorKind.THROTTLED, ErrorKind.OUTCOME_UNKNOWN, ErrorKind.THROTTLED);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName("nobody there is unavailable, and was not asked: the name need not wait")
    void knowsWhatWasNotSent() {
        VolumeSnapshots place = place();
        volumes.server.next("DescribeSnapshots", (request, real) -> {
            proxy.refuse();
            return real.get();
        });
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
        assertThat(volumes.server.actions()).containsExactly("DescribeSnapshots");
    }

    @Test
    @DisplayName(
            "J5 a request that is not answered ends at its deadline, unknown where it makes something, cancelled where not")
    void keepsTheDeadline() {
        VolumeSnapshots place = volumes.placeVia(proxy.uri(), Map.of());
        CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(2));
        proxy.plan(NONE);
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> place.request(NAME, volumes.volume, LABELS, soon))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(volumes.named(NAME)).isEqualTo(1);
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        CallContext sooner = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(500));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, sooner))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    @DisplayName("SPI-07 after the session is closed every verb is cancelled, and what was made stays")
    void endsWithTheSession() {
        ProviderSession session = volumes.session(volumes.location());
        VolumeSnapshots place = session.snapshots().orElseThrow();
        volumes.ask(place, NAME);
        session.close();
        session.close();
        volumes.server.forget();
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> volumes.ask(place, NAME),
                () -> place.describe(NAME, CALL),
                () -> place.delete(NAME, CALL),
                () -> place.list(LABELS, null, CALL),
                () -> place.volumes(LABELS, null, CALL),
                () -> place.deleteVolume(NAME, CALL))) {
            assertThat(catchThrowableOfType(ProviderException.class, each).kind())
                    .isEqualTo(ErrorKind.CANCELLED);
        }
        assertThat(volumes.server.requests()).isEmpty();
        assertThat(volumes.place().delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("no exception of EC2 and nothing that is printed holds a secret or a session token")
    void keepsSecrets() {
        VolumeSnapshots place = volumes.place();
        List<String> said =
                new ArrayList<>(List.of(place.toString(), volumes.provider().toString()));
        for (String action : List.of("DescribeSnapshots", "CreateSnapshot")) {
            volumes.server.next(action, FakeEc2.error(401, "AuthFailure"));
            said.add(whole(catchThrowable(() -> volumes.ask(place, NAME))));
            volumes.server.next(action, (request, real) -> null);
            said.add(whole(catchThrowable(() -> volumes.ask(place, NAME))));
        }
        assertThat(said)
                .hasSize(6)
                .allSatisfy(each -> assertThat(each).doesNotContain(FakePlace.SECRET, FakePlace.TOKEN));
        assertThat(said.get(2)).contains("AuthFailure");
        assertThat(volumes.server.requests().get(0).headers()).containsEntry("x-amz-security-token", FakePlace.TOKEN);
    }

    private static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
