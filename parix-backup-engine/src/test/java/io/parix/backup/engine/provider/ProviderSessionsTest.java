package io.parix.backup.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProviderSessionsTest {
    private final FakeProvider provider = new FakeProvider("fake");
    private final ProviderSessions sessions =
            new ProviderSessions(ProviderRegistry.find(List.of(provider), ProviderSessionsTest.class.getClassLoader()));

    @Test
    @DisplayName("I3 a place is opened at its first use, once, and closed once")
    void once() {
        assertThat(provider.opened).isZero();
        assertThat(sessions.session(place("a"))).isSameAs(sessions.session(place("a")));
        assertThat(sessions.session(place("b"))).isNotSameAs(sessions.session(place("a")));
        assertThat(provider.opened).isEqualTo(2);

        sessions.close();
        sessions.close();

        assertThat(provider.closed).isEqualTo(2);
    }

    @Test
    @DisplayName("I3 a session that does not close keeps no other open")
    void sticks() {
        for (String prefix : List.of("a", "sticks", "z", "b", "c")) {
            sessions.session(place(prefix));
        }

        sessions.close();

        assertThat(provider.closed).isEqualTo(5);
    }

    @Test
    @DisplayName("I4 a closed engine opens nothing, and says so by code")
    void closed() {
        sessions.close();

        assertThatThrownBy(() -> sessions.session(place("a")))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
        assertThat(provider.opened).isZero();
    }

    @Test
    @DisplayName("I4 settings with mistakes are refused with all of them before anything connects")
    void mistakes() {
        StorageLocation wrong = new StorageLocation("fake", Map.of("x", "1", "y", "2"), KeyPrefix.ROOT);

        assertThatThrownBy(() -> sessions.session(wrong))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes()).hasSize(2));
        assertThat(provider.opened).isZero();
    }

    private static StorageLocation place(String prefix) {
        return new StorageLocation("fake", Map.of(), new KeyPrefix(prefix));
    }
}
