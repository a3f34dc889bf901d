package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.compute.v1.DeleteSnapshotRequest;
import io.parix.backup.provider.gcp.server.FakeGce;
import io.parix.backup.servers.FaultProxy;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From when on a request that changes something may have been heard: before that it is unavailable, from then on unknown. */
class GcpSentTest {
    private final FakeVolumes volumes = new FakeVolumes();
    private final List<GcpPlace> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(GcpPlace::close);
        volumes.close();
    }

    private ComputePlace place(URI endpoint, Map<String, String> more) {
        GcpConfig config = new GcpSettings(volumes.location(endpoint, more).settings(), Set.of()).config();
        GcpPlace place =
                new GcpPlace(config, new GcpClients(FakePlace.credentials(), null).open(config), volumes.clock);
        opened.add(place);
        return ComputePlace.open(place, Objects.requireNonNull(config.volumes()));
    }

    private static void delete(ComputePlace place, GcpCall call) {
        place.change(
                call,
                "compute.snapshots.delete",
                () -> ComputePlace.now(
                        place.clients().snapshots().deleteCallable(),
                        DeleteSnapshotRequest.newBuilder()
                                .setProject(FakeGce.PROJECT)
                                .setSnapshot("s")
                                .build()));
    }

    private static void isNotSent(ComputePlace place, CallContext within, ErrorKind kind) {
        GcpCall call = place.begin(within, "deleting");
        ProviderException failed = catchThrowableOfType(ProviderException.class, () -> delete(place, call));
        assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(kind);
        assertThat(call.isSent()).isFalse();
    }

    @Test
    @DisplayName("SPI-74 nobody there, and a TLS handshake that fails, are unavailable, and nothing was sent")
    void connectsInVain() {
        FaultProxy nobody = FaultProxy.before(volumes.server.uri());
        nobody.close();
        isNotSent(place(nobody.uri(), Map.of()), CALL, ErrorKind.UNAVAILABLE);
        // Which does not speak it.
        URI plain = volumes.server.uri();
        isNotSent(place(URI.create("https://127.0.0.1:" + plain.getPort()), Map.of()), CALL, ErrorKind.UNAVAILABLE);
        assertThat(volumes.server.requests()).isEmpty();
    }

    @Test
    @DisplayName("J5 waiting for a connection until the deadline is cancelled, and nothing was sent")
    void waitsInVain() throws InterruptedException {
        ComputePlace place = place(volumes.server.uri(), Map.of("connections", "1"));
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        volumes.server.next("snapshots.delete", (request, real) -> {
            heard.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread first = new Thread(() -> delete(place, place.begin(CALL, "deleting first")));
        first.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        first.start();
        heard.await();
        isNotSent(place, FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(300)), ErrorKind.CANCELLED);
        done.countDown();
        first.join();
        assertThat(thrown).hasSize(1);
    }

    @Test
    @DisplayName("SPI-74 a request that was sent and not answered is of unknown outcome")
    void isSent() {
        ComputePlace place = place(volumes.server.uri(), Map.of());
        volumes.server.next("snapshots.delete", (request, real) -> null);
        GcpCall call = place.begin(CALL, "deleting");
        assertThat(catchThrowableOfType(ProviderException.class, () -> delete(place, call))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(call.isSent()).isTrue();
    }
}
