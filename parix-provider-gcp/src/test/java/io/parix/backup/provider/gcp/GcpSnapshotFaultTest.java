package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABEL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.servers.FaultProxy;
import io.parix.backup.servers.FaultProxy.Fault;
import io.parix.backup.servers.FaultProxy.Kind;
import io.parix.backup.servers.FaultProxy.Way;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that break under requests for snapshots: one snapshot of a name, whatever is heard of it. */
class GcpSnapshotFaultTest {
    private static final String NAME = "parix-b1-1-0";

    /** Never due. */
    private static final Fault NONE = new Fault(Way.ANSWER, Kind.CUT, Long.MAX_VALUE);

    private final FakeVolumes volumes = new FakeVolumes();
    private final FaultProxy proxy = FaultProxy.before(volumes.server.uri());

    GcpSnapshotFaultTest() {
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
                                new Fault(Way.REQUEST, kind, 250),
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
        String note = "snapshot "
                + volumes.server.disks().snapshots(LABEL, NAME).get(0).id() + " of " + volumes.volume;
        assertThat(made).isNotNull().extracting(Snapshot::opaque).isEqualTo(note);
        assertThat(volumes.place().describe(NAME, CALL).opaque()).isEqualTo(note);
    }

    @Test
    @DisplayName(
            "an answer that is cut in its middle is no answer: what was made is found, and a listing is never shorter")
    void readsNoHalfAnswers() {
        volumes.server.next("snapshots.insert", (request, real) -> half(real.get()));
        assertThat(volumes.ask(volumes.place(), NAME).state()).isEqualTo(State.CUTTING);
        volumes.server.next("snapshots.list", (request, real) -> half(real.get()));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> volumes.place().list(LABELS, null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    /** Whole as HTTP counts it, so that only its JSON tells. */
    private static FakeAnswer half(FakeAnswer whole) {
        byte[] body = whole.body().get();
        return FakeAnswer.of(200, Map.of(), Arrays.copyOf(body, body.length / 2));
    }

    @Test
    @DisplayName("J5 an answer that is no JSON, or breaks off in it anywhere, ends the call at once, as no answer")
    void waitsForNothing() {
        VolumeSnapshots place = volumes.place();
        volumes.ask(place, NAME);
        for (int length = 0; length < 120; length++) {
            int whole = length;
            volumes.server.next("snapshots.get", (request, real) -> {
                byte[] body = real.get().body().get();
                return FakeAnswer.of(200, Map.of("Content-Type", "application/json"), Arrays.copyOf(body, whole));
            });
            assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, CALL))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    @DisplayName("a server that refuses and fails delays the name, and nothing is made but once")
    void survivesRefusals() {
        VolumeSnapshots place = volumes.place();
        volumes.server.next("snapshots.get", FakeGce.error(403, "rateLimitExceeded"));
        volumes.server.next("snapshots.insert", FakeGce.error(400, "resourceNotReady"));
        volumes.server.next("snapshots.insert", FakeGce.error(403, "rateLimitExceeded"));
        List<ErrorKind> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            heard.add(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME))
                    .kind());
        }
        assertThat(heard).containsExactly(ErrorKind.THROTTLED, ErrorKind.UNAVAILABLE, ErrorKind.THROTTLED);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @Test
    @DisplayName("nobody there is unavailable, and was not asked: the name need not wait")
    void knowsWhatWasNotSent() {
        VolumeSnapshots place = place();
        volumes.server.next("operations.list", (request, real) -> {
            proxy.refuse();
            return real.get();
        });
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
        assertThat(volumes.server.operations()).containsExactly("snapshots.get", "operations.list");
    }

    @Test
    @DisplayName(
            "J5 a request that is not answered ends at its deadline, unknown where it makes something, cancelled where not")
    void keepsTheDeadline() {
        VolumeSnapshots place = volumes.placeVia(proxy.uri(), Map.of());
        CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(2));
        proxy.plan(NONE);
        proxy.plan(NONE);
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> place.request(NAME, volumes.volume, LABELS, soon))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
        proxy.plan(new Fault(Way.ANSWER, Kind.STALL, 0));
        CallContext sooner = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(500));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, sooner))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
    }

    @Test
    @DisplayName(
            "J5 an answer that trickles ends at its call's deadline: cancelled, and unknown where it makes something")
    void endsATrickle() {
        VolumeSnapshots place = volumes.placeVia(proxy.uri(), Map.of());
        CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(1));
        proxy.plan(new Fault(Way.ANSWER, Kind.TRICKLE, 10));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, soon))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
        proxy.plan(NONE);
        proxy.plan(NONE);
        proxy.plan(new Fault(Way.ANSWER, Kind.TRICKLE, 10));
        CallContext later = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(2));
        assertThat(catchThrowableOfType(
                                ProviderException.class, () -> place.request(NAME, volumes.volume, LABELS, later))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(volumes.named(NAME)).isEqualTo(1);
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

    /** A server that repeats the token that it does not take in its answer. */
    private static FakeAnswer tellingAll() {
        String body = "{\"error\": {\"code\": 401, \"message\": \"Invalid Credentials\", \"token\": \"" + FakeGcs.TOKEN
                + "\", \"errors\": [{\"reason\": \"authError\", \"debugInfo\": \"" + FakeGcs.TOKEN + "\"}]}}";
        return FakeAnswer.of(
                401, Map.of("Content-Type", "application/json; charset=UTF-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("no exception of Compute Engine and nothing that is printed holds an access token")
    void keepsSecrets() {
        VolumeSnapshots place = volumes.place();
        List<String> said =
                new ArrayList<>(List.of(place.toString(), volumes.provider().toString()));
        for (String operation : List.of("snapshots.get", "operations.list", "snapshots.insert")) {
            volumes.server.next(operation, (request, real) -> tellingAll());
            said.add(whole(catchThrowable(() -> volumes.ask(place, NAME))));
            volumes.server.next(operation, (request, real) -> null);
            said.add(whole(catchThrowable(() -> volumes.ask(place, NAME))));
        }
        assertThat(said).hasSize(8).allSatisfy(each -> assertThat(each).doesNotContain(FakeGcs.TOKEN));
        assertThat(said.get(2)).contains("authError");
        assertThat(volumes.server.requests().get(0).headers())
                .containsEntry("authorization", "Bearer " + FakeGcs.TOKEN);
    }

    @Test
    @DisplayName("I3 no thread of the library's is ever started, and ours ends with the session")
    void startsNoThreads() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ProviderSession session = volumes.session(volumes.location());
        VolumeSnapshots place = session.snapshots().orElseThrow();
        volumes.ask(place, NAME);
        volumes.pass();
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        assertThat(place.volumes(LABELS, null, CALL)).isEmpty();
        List<Thread> started = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !before.contains(each))
                .toList();
        assertThat(started).extracting(Thread::getName).containsOnly("parix-gcp-deadlines");
        session.close();
        for (Thread each : started) {
            each.join(Duration.ofSeconds(10).toMillis());
            assertThat(each.isAlive()).isFalse();
        }
    }

    @Test
    @DisplayName("what carries credentials goes nowhere else, whatever Compute Engine answers")
    void followsNowhere() {
        VolumeSnapshots place = volumes.place();
        try (FakeVolumes elsewhere = new FakeVolumes()) {
            String there =
                    elsewhere.server.uri().resolve("/compute/v1/projects/x").toString();
            volumes.server.next(
                    "snapshots.get", (request, real) -> FakeAnswer.of(307, Map.of("Location", there), new byte[0]));
            ProviderException sent = catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, CALL));
            assertThat(sent.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(sent).hasMessageContaining("to another address");
            assertThat(elsewhere.server.requests()).isEmpty();
        }
    }

    private Storage hosts(Credentials credentials) {
        return StorageOptions.http()
                .setHost(volumes.location().settings().get("endpoint"))
                .setProjectId("ledger")
                .setCredentials(credentials)
                .build()
                .getService();
    }

    @Test
    @DisplayName("a client of the host lends its credentials to Compute Engine, too")
    void usesTheHostsCredentials() throws Exception {
        Storage client = hosts(FakePlace.credentials());
        Storage nobody = hosts(NoCredentials.getInstance());
        try (ProviderSession session = GcpProvider.using(client).open(volumes.location());
                ProviderSession strange = GcpProvider.using(nobody).open(volumes.location())) {
            assertThat(session.snapshots().orElseThrow().describe(NAME, CALL).state())
                    .isEqualTo(State.GONE);
            VolumeSnapshots place = strange.snapshots().orElseThrow();
            assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(NAME, CALL)))
                    .hasMessageContaining("401");
        }
        client.close();
        nobody.close();
    }

    private static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
