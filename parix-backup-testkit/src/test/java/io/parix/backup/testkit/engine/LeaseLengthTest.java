package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.Wake;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long a lease is, beside the time after which a dispatcher takes over from the dead. */
class LeaseLengthTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName(
            "B7 J5 a lease shorter than its dispatcher's taking over is refused by its key when the engine is built")
    void shorter() {
        assertThatThrownBy(() -> over(LEASE.plusNanos(1)).build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes()).singleElement().satisfies(mistake -> {
                            assertThat(mistake.key()).isEqualTo("lease");
                            assertThat(mistake.problem()).contains("PT30S", "deadAfter");
                        }));
    }

    @Test
    @DisplayName("B7 a lease as long is taken, and any where nobody takes over")
    void asLong() {
        assertThat(over(LEASE).build()).isNotNull();
        assertThat(over(null).build()).isNotNull();
    }

    private ParixBackupBuilder over(@Nullable Duration dead) {
        Dispatcher dispatcher = new Dispatcher() {
            @Override
            public void start(Set<String> regions, Consumer<String> worker, Runnable tick) {}

            @Override
            public void wake(Wake wake) {}

            @Override
            public Optional<Duration> deadAfter() {
                return Optional.ofNullable(dead);
            }

            @Override
            public void close() {}
        };
        return engine.builder(engine.catalog, engine.provider, dispatcher, 8)
                .settings(EngineSettings.builder().lease(LEASE).build());
    }
}
