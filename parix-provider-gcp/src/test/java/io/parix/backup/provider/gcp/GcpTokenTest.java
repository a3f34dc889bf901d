package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens that are fetched, refused and fetched anew, for both services. */
class GcpTokenTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final TokenServer tokens = new TokenServer();
    private final ProviderSession session =
            GcpProvider.with(tokens.account().build()).withClock(volumes.clock).open(volumes.location());
    private final ObjectStore store = session.objects();
    private final VolumeSnapshots place = session.snapshots().orElseThrow();

    @AfterEach
    void close() {
        session.close();
        tokens.close();
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call);
    }

    private List<ThrowingCallable> verbs() {
        return List.of(
                () -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[10]), CALL),
                () -> store.get(key("a"), null, CALL),
                () -> store.stat(key("a"), CALL),
                () -> store.list(KeyPrefix.ROOT, null, CALL),
                () -> store.delete(List.of(key("a")), CALL),
                () -> volumes.ask(place, NAME),
                () -> place.describe(NAME, CALL),
                () -> place.delete(NAME, CALL),
                () -> place.list(FakeVolumes.LABELS, null, CALL),
                () -> place.volumes(FakeVolumes.LABELS, null, CALL),
                () -> place.deleteVolume(NAME, CALL));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 503})
    @DisplayName(
            "SPI-74 an access token that is refused makes every verb unavailable, of both services, and asks neither")
    void isUnavailable(int status) {
        tokens.refuse(status);
        for (ThrowingCallable each : verbs()) {
            ProviderException refused = refused(each);
            assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(refused)
                    .hasMessageContaining("no access token could be had")
                    .hasMessageContaining("" + status);
        }
        assertThat(volumes.server.requests()).isEmpty();
        assertThat(volumes.objects().requests()).isEmpty();
        tokens.give(FakeGcs.TOKEN);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        FakePlace.put(store, "a", new byte[10]);
    }

    @Test
    @DisplayName(
            "I4 credentials of the host that fail in any way, at once or when a token is to be new, are unavailable")
    void survivesAnythingOfTheHost() {
        for (String token : List.of("", "ya29.one-that-has-expired")) {
            OAuth2Credentials theirs = new OAuth2Credentials(token.isEmpty() ? null : new AccessToken(token, null)) {
                private static final long serialVersionUID = 1L;

                @Override
                public AccessToken refreshAccessToken() {
                    throw new UnsupportedOperationException("never thought of");
                }
            };
            try (ProviderSession other = GcpProvider.with(theirs).open(volumes.location())) {
                VolumeSnapshots there = other.snapshots().orElseThrow();
                assertThat(refused(() -> there.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                assertThat(refused(() -> other.objects().stat(key("a"), CALL)).kind())
                        .isEqualTo(ErrorKind.UNAVAILABLE);
            }
        }
    }

    @Test
    @DisplayName("VOL-05 a snapshot for which no access token could be had was not asked for: its name is gone at once")
    void knowsThatNothingWasSent() {
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        volumes.server.next("operations.list", (request, real) -> {
            tokens.refuse(400);
            return FakeAnswer.error(401, "authError");
        });
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        tokens.give(FakeGcs.TOKEN);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(volumes.server.operations()).doesNotContain("snapshots.insert");
    }

    @Test
    @DisplayName(
            "SPI-74 a token that is not taken any more is fetched anew, and the next call of either service has it")
    void fetchesAnew() {
        tokens.give("ya29.one-that-has-expired");
        assertThat(refused(() -> place.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refused(() -> store.stat(key("a"), CALL)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        int before = tokens.asked();
        tokens.give(FakeGcs.TOKEN);
        // Each is told once more that the token which it has is none, and fetches another.
        refused(() -> place.describe(NAME, CALL));
        refused(() -> store.stat(key("a"), CALL));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(store.stat(key("a"), CALL)).isEmpty();
        assertThat(tokens.asked()).isEqualTo(before + 2);
    }
}
