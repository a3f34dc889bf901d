package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for one access token: each ends when it is to, whoever fetches it. */
@Timeout(60)
class GcpTokenWaitTest {
    private static final String NAME = "parix-b1-1-0";
    private static final CallContext SOON = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofMillis(300));

    private final FakeVolumes volumes = new FakeVolumes();
    private final TokenServer tokens = new TokenServer();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ProviderSession> opened = new ArrayList<>();
    private final ProviderSession session = open(by -> account(by).build());
    private final VolumeSnapshots place = session.snapshots().orElseThrow();
    private final ObjectStore store = session.objects();

    @AfterEach
    void close() throws InterruptedException {
        opened.forEach(ProviderSession::close);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        tokens.close();
        volumes.close();
        assertNoThreadIsLeft();
    }

    private ServiceAccountCredentials.Builder account(HttpTransportFactory by) {
        return tokens.account().setDefaultRetriesEnabled(true).setHttpTransportFactory(by);
    }

    private ProviderSession open(LateCredentials.Search search) {
        GcpConfig config = new GcpSettings(volumes.location().settings(), Set.of()).config();
        GcpClients clients = new GcpClients(null, null, search);
        return opened(new GcpSession(new GcpPlace(config, clients.open(config), volumes.clock)));
    }

    private ProviderSession opened(ProviderSession made) {
        opened.add(made);
        return made;
    }

    private static ErrorKind refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).kind();
    }

    private static List<Thread> fetching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("parix-gcp-tokens"))
                .toList();
    }

    private static void assertNoThreadIsLeft() throws InterruptedException {
        for (Thread each : fetching()) {
            each.join(Duration.ofSeconds(10).toMillis());
            assertThat(each.isAlive()).isFalse();
        }
    }

    @Test
    @DisplayName("J5 who waits for a token that a longer call fetches waits no longer than its own call lasts")
    void endsAWait() throws Exception {
        CountDownLatch gives = new CountDownLatch(1);
        tokens.giveAfter(gives, FakeGcs.TOKEN);
        Future<State> first = threads.submit(() -> place.describe(NAME, CALL).state());
        tokens.awaitRequest();
        assertThat(refused(() -> place.describe(NAME, SOON))).isEqualTo(ErrorKind.CANCELLED);
        assertThat(first).isNotDone();
        gives.countDown();
        assertThat(first.get()).isEqualTo(State.GONE);
        assertThat(tokens.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("J5 the fetch of a call whose deadline comes first goes on for those that wait for it")
    void goesOnForOthers() throws Exception {
        CountDownLatch gives = new CountDownLatch(1);
        tokens.giveAfter(gives, FakeGcs.TOKEN);
        // Long enough for a machine that is busy to ask for a token at all.
        Future<ErrorKind> first = threads.submit(() -> refused(
                () -> place.describe(NAME, FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofSeconds(8)))));
        tokens.awaitRequest();
        Future<State> second = threads.submit(() -> place.describe(NAME, CALL).state());
        assertThat(first.get()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(second).isNotDone();
        gives.countDown();
        assertThat(second.get()).isEqualTo(State.GONE);
        assertThat(tokens.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "J5 a caller that gives up while a token is fetched is cancelled at once, of both services, and the fetch ends")
    void isGivenUp() throws Exception {
        tokens.fallSilent();
        for (CallOf each : List.<CallOf>of(
                call -> place.describe(NAME, call),
                call -> place.request(NAME, volumes.volume, FakeVolumes.LABELS, call),
                call -> store.stat(key("a"), call))) {
            AtomicBoolean gone = new AtomicBoolean();
            CallContext leaving =
                    new CallContext(Duration.ofHours(1), gone::get, "job-1", CallContext.Purpose.SNAPSHOT);
            Future<ErrorKind> waiting = threads.submit(() -> refused(() -> each.make(leaving)));
            tokens.awaitRequest();
            gone.set(true);
            assertThat(waiting.get()).isEqualTo(ErrorKind.CANCELLED);
            assertNoThreadIsLeft();
        }
        assertThat(volumes.server.requests()).isEmpty();
        tokens.give(FakeGcs.TOKEN);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
    }

    @FunctionalInterface
    private interface CallOf {
        void make(CallContext call);
    }

    @Test
    @DisplayName("SPI-07 closing the session ends a call that waits for a token, and the fetch")
    void endsWithTheSession() throws Exception {
        tokens.fallSilent();
        CallContext patient = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofHours(1));
        Future<ErrorKind> waiting = threads.submit(() -> refused(() -> place.describe(NAME, patient)));
        tokens.awaitRequest();
        session.close();
        assertThat(waiting.get()).isEqualTo(ErrorKind.CANCELLED);
        assertNoThreadIsLeft();
    }

    @Test
    @DisplayName("J5 an interrupt ends a call that waits for a token, and is kept")
    void isInterrupted() throws Exception {
        tokens.fallSilent();
        CallContext patient = FakePlace.call(CallContext.Purpose.SNAPSHOT, Duration.ofHours(1));
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        List<ErrorKind> heard = new ArrayList<>();
        Thread caller = new Thread(() -> {
            heard.add(refused(() -> place.describe(NAME, patient)));
            kept.set(Thread.currentThread().isInterrupted());
            ended.countDown();
        });
        caller.start();
        tokens.awaitRequest();
        caller.interrupt();
        ended.await();
        assertThat(heard).containsExactly(ErrorKind.CANCELLED);
        assertThat(kept).isTrue();
    }

    @Test
    @DisplayName("J5 an interrupt of the thread that fetches is none of the caller, whom nobody has interrupted")
    void isNotInterrupted() {
        OAuth2Credentials interrupted = new OAuth2Credentials() {
            private static final long serialVersionUID = 1L;

            @Override
            public AccessToken refreshAccessToken() throws IOException {
                throw new IOException("no token", new InterruptedException("of a thread of the host"));
            }
        };
        VolumeSnapshots there = opened(
                        GcpProvider.with(interrupted).withClock(volumes.clock).open(volumes.location()))
                .snapshots()
                .orElseThrow();
        assertThat(refused(() -> there.describe(NAME, CALL))).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @DisplayName("J5 a fetch that one service gives up is made again for the other, where both share the credentials")
    void isMadeAgainForOthers() throws Exception {
        AtomicReference<GoogleCredentials> one = new AtomicReference<>();
        // With a scope already, so that none is made of it for each service.
        ProviderSession shared = open(by -> one.updateAndGet(known ->
                known == null ? account(by).setScopes(List.of(GcpClients.SCOPE)).build() : known));
        tokens.fallSilent();
        AtomicBoolean gone = new AtomicBoolean();
        CallContext leaving = new CallContext(Duration.ofHours(1), gone::get, "job-1", CallContext.Purpose.SNAPSHOT);
        VolumeSnapshots there = shared.snapshots().orElseThrow();
        Future<ErrorKind> first = threads.submit(() -> refused(() -> there.describe(NAME, leaving)));
        tokens.awaitRequest();
        Future<Boolean> second =
                threads.submit(() -> shared.objects().stat(key("a"), CALL).isPresent());
        awaitAWaitingFetch();
        tokens.give(FakeGcs.TOKEN);
        gone.set(true);
        assertThat(first.get()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(second.get()).isFalse();
        assertThat(tokens.asked()).isEqualTo(2);
    }

    /** One that waits, within Google's library, for what another one fetches. */
    private static void awaitAWaitingFetch() throws InterruptedException {
        while (fetching().stream().noneMatch(each -> each.getState() == Thread.State.WAITING)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("none has come to wait");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName(
            "J5 credentials of the host that hang hold no call beyond its deadline, and one thread for however many calls")
    void survivesAHostThatHangs() throws Exception {
        CountDownLatch ends = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        OAuth2Credentials hanging = new OAuth2Credentials() {
            private static final long serialVersionUID = 1L;

            @Override
            public AccessToken refreshAccessToken() {
                asked.incrementAndGet();
                boolean done = false;
                while (!done) {
                    try {
                        ends.await();
                        done = true;
                    } catch (InterruptedException e) {
                        // As a library that heeds no interrupt.
                    }
                }
                return new AccessToken(FakeGcs.TOKEN, null);
            }
        };
        VolumeSnapshots there = opened(
                        GcpProvider.with(hanging).withClock(volumes.clock).open(volumes.location()))
                .snapshots()
                .orElseThrow();
        for (int i = 0; i < 3; i++) {
            List<Callable<ErrorKind>> calls = new ArrayList<>();
            for (int k = 0; k < 4; k++) {
                calls.add(() -> refused(() -> there.describe(NAME, SOON)));
            }
            for (Future<ErrorKind> each : threads.invokeAll(calls)) {
                assertThat(each.get()).isEqualTo(ErrorKind.CANCELLED);
            }
        }
        assertThat(fetching()).hasSize(1);
        assertThat(asked).hasValue(1);
        ends.countDown();
        assertThat(there.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertNoThreadIsLeft();
    }

    @Test
    @DisplayName("J5 many calls that begin without a token share one fetch, and none is started while it lasts")
    void sharesOneFetch() throws Exception {
        List<Callable<State>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> place.describe(NAME, CALL).state());
        }
        for (Future<State> each : threads.invokeAll(calls)) {
            assertThat(each.get()).isEqualTo(State.GONE);
        }
        assertThat(place.list(FakeVolumes.LABELS, null, CALL)).isEmpty();
        assertThat(tokens.asked()).isEqualTo(1);
    }
}
