package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Requests that nobody can have heard leave nothing to wait for. */
class AwsUnsentTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();

    @AfterEach
    void close() {
        volumes.close();
    }

    private static ProviderException refused(Runnable call) {
        return catchThrowableOfType(ProviderException.class, call::run);
    }

    private void assertNothingIsWaitedFor(VolumeSnapshots place) {
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.list(LABELS, null, CALL)).isEmpty();
        assertThat(volumes.server.actions()).doesNotContain("CreateSnapshot");
    }

    @Test
    @DisplayName("VOL-09 VOL-01 a caller that gives up before the request is sent leaves no name that waits")
    void givesUpBefore() {
        VolumeSnapshots place = volumes.place();
        AtomicBoolean gone = new AtomicBoolean();
        CallContext call = new CallContext(Duration.ofMinutes(1), gone::get, "job-1", CallContext.Purpose.SNAPSHOT);
        volumes.server.next("DescribeSnapshots", (request, real) -> {
            gone.set(true);
            return real.get();
        });
        assertThat(refused(() -> place.request(NAME, volumes.volume, LABELS, call))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
        assertNothingIsWaitedFor(place);
    }

    @Test
    @DisplayName("VOL-09 VOL-07 nor does one that gives up before a volume is asked for")
    void givesUpBeforeAVolume() {
        VolumeSnapshots place = volumes.place();
        volumes.ask(place, "usable");
        volumes.pass();
        AtomicBoolean gone = new AtomicBoolean();
        CallContext call = new CallContext(Duration.ofMinutes(1), gone::get, "job-1", CallContext.Purpose.SNAPSHOT);
        volumes.server.next("DescribeVolumes", (request, real) -> {
            gone.set(true);
            return real.get();
        });
        assertThat(refused(() -> place.materialize(new VolumeRequest(NAME, "usable", ZONE, LABELS), call))
                        .kind())
                .isEqualTo(ErrorKind.CANCELLED);
        assertThat(place.volumes(LABELS, null, CALL)).isEmpty();
    }

    @Test
    @DisplayName("VOL-01 a request for which no credentials could be had was not sent, and its name does not wait")
    void hasNoCredentials() {
        AtomicBoolean lacking = new AtomicBoolean();
        AwsCredentialsProvider credentials = () -> {
            if (lacking.get()) {
                throw SdkClientException.create("Unable to load credentials");
            }
            AwsCredentials known = FakePlace.credentials().resolveCredentials();
            return known;
        };
        try (var session =
                AwsProvider.with(credentials).withClock(volumes.clock).open(volumes.location())) {
            VolumeSnapshots place = session.snapshots().orElseThrow();
            volumes.server.next("DescribeSnapshots", (request, real) -> {
                lacking.set(true);
                return real.get();
            });
            assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            lacking.set(false);
            assertNothingIsWaitedFor(place);
        }
    }

    @Test
    @DisplayName("VOL-01 what was sent and lost still waits")
    void waitsForWhatWasSent() {
        VolumeSnapshots place = volumes.place();
        volumes.server.next("CreateSnapshot", (request, real) -> null);
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(() -> place.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        volumes.server.next("DeleteSnapshot", FakeEc2.lostAnswer());
        assertThat(refused(() -> place.delete(NAME, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    @DisplayName("VOL-01 a request to a server that takes no connection in time was not sent")
    void isNotConnectedInTime() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            SendMark mark = new SendMark();
            SdkClientException failed = catchThrowableOfType(
                    SdkClientException.class, () -> ask(URI.create("http://127.0.0.1:" + full.getLocalPort()), mark));
            assertThat(failed).hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThat(mark.mayBeHeard(failed)).isFalse();
        } finally {
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    /** A queue of connections that nobody accepts is full after some; not every system says nothing then. */
    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            } catch (IOException e) {
                break;
            }
        }
        abort("not verified: this system refuses what it has no room for");
    }

    private static void ask(URI endpoint, SendMark mark) {
        AwsConfig config = new AwsSettings(
                        Map.of("bucket", "ledger-backups", "region", "eu-central-1", "connect-timeout", "PT0.3S"),
                        Set.of())
                .config();
        try (Ec2Client ec2 = Ec2Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(FakePlace.credentials())
                .httpClientBuilder(AwsClients.http(config.transport()))
                .overrideConfiguration(AwsClients.attempts())
                .endpointOverride(endpoint)
                .build()) {
            var unused = ec2.deleteSnapshot(request -> request.snapshotId("snap-1")
                    .overrideConfiguration(
                            mark.on(AwsRequestOverrideConfiguration.builder().build())));
        }
    }
}
