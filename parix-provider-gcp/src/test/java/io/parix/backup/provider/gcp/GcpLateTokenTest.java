package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Access tokens of credentials that are looked for, as the application default ones are, and fetched by our transport. */
class GcpLateTokenTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final TokenServer tokens = new TokenServer();
    private final ProviderSession session = open(this::account);
    private final ObjectStore store = session.objects();
    private final VolumeSnapshots place = session.snapshots().orElseThrow();

    @AfterEach
    void close() {
        session.close();
        tokens.close();
        volumes.close();
    }

    private GoogleCredentials account(HttpTransportFactory by) {
        // With the library's own retries, as the application default ones have them.
        return tokens.account()
                .setDefaultRetriesEnabled(true)
                .setHttpTransportFactory(by)
                .build();
    }

    private ProviderSession open(LateCredentials.Search search) {
        GcpConfig config = new GcpSettings(volumes.location().settings(), Set.of()).config();
        return new GcpSession(new GcpPlace(config, new GcpClients(null, null, search).open(config), volumes.clock));
    }

    private static ProviderException refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call);
    }

    @Test
    @DisplayName(
            "SPI-74 a token is fetched by our transport, refused as unavailable, and fetched anew when it is none any more")
    void fetches() {
        tokens.refuse(403);
        assertThat(refused(() -> place.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refused(() -> store.stat(key("a"), CALL)))
                .hasMessageContaining("no access token could be had")
                .hasMessageContaining("403");
        tokens.give("ya29.one-that-has-expired");
        assertThat(refused(() -> place.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refused(() -> store.stat(key("a"), CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        tokens.give(FakeGcs.TOKEN);
        refused(() -> place.describe(NAME, CALL));
        refused(() -> store.stat(key("a"), CALL));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(store.stat(key("a"), CALL)).isEmpty();
    }

    @Test
    @DisplayName(
            "J5 a server of tokens that says nothing ends a call at its deadline, of both services, and with nothing sent")
    void endsAtTheDeadline() {
        tokens.fallSilent();
        CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(500));
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> store.stat(key("a"), soon),
                () -> place.describe(NAME, soon),
                () -> place.request(NAME, volumes.volume, FakeVolumes.LABELS, soon))) {
            long begun = System.nanoTime();
            assertThat(refused(each).kind()).isEqualTo(ErrorKind.CANCELLED);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TokenTransport.STALL);
        }
        assertThat(volumes.server.requests()).isEmpty();
        tokens.give(FakeGcs.TOKEN);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName("J5 who waits for another thread's search for credentials waits no longer than its own call lasts")
    void endsAWaitForASearch() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        LateCredentials.Search slow = by -> {
            looking.countDown();
            try {
                found.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return account(by);
        };
        try (ProviderSession other = open(slow)) {
            VolumeSnapshots there = other.snapshots().orElseThrow();
            List<State> seen = new CopyOnWriteArrayList<>();
            Thread first = new Thread(() -> seen.add(there.describe(NAME, CALL).state()));
            first.start();
            looking.await();
            CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(300));
            assertThat(refused(() -> there.describe(NAME, soon)).kind()).isEqualTo(ErrorKind.CANCELLED);
            found.countDown();
            first.join();
            assertThat(seen).containsExactly(State.GONE);
        }
    }

    @Test
    @DisplayName("J5 a token that has to be new while its server says nothing does not outlast the deadline either")
    void endsARefresh() {
        tokens.give("ya29.one-that-has-expired");
        refused(() -> place.describe(NAME, CALL));
        tokens.fallSilent();
        CallContext soon = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(1));
        long begun = System.nanoTime();
        assertThat(refused(() -> place.describe(NAME, soon)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TokenTransport.STALL);
    }
}
