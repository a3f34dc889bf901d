package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DatabaseDirectory;
import java.time.Instant;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of runs, pages and statements when the host's own code throws, or says far too much. */
class HostFaultTest {
    private static final DatabaseId FIRST = new DatabaseId("a-1");

    private final ScheduledEngine node = new ScheduledEngine();
    private final EngineFixture engine = node.engine;
    private final SteppedDispatcher elsewhere = new SteppedDispatcher(engine.clock);

    @AfterEach
    void close() {
        node.close();
    }

    private ParixBackup over(DatabaseDirectory directory) {
        return engine.builder(engine.catalog, engine.provider, elsewhere, 8)
                .directory(directory)
                .build()
                .start();
    }

    private void look(String instant) {
        engine.clock.advanceTo(Instant.parse(instant));
        elsewhere.tick();
    }

    static Stream<Error> errors() {
        return Stream.of(
                new ServiceConfigurationError("com.example.Sdk: no provider"), new InternalError("a native library"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    @DisplayName("G4 an Error of whatever kind that the host throws lets the other runs start, and ends no timer")
    void errorOfTheHost(Error thrown) {
        engine.host.put(Profiles.named(EngineFixture.profile(), FIRST), EngineFixture.files(EngineFixture.cluster()));
        for (DatabaseId database : List.of(FIRST, DATABASE)) {
            engine.parix.schedules().set(database, Cadence.daily("10:00", "UTC"), ACTOR);
        }
        DatabaseDirectory directory = database -> {
            if (database.equals(FIRST)) {
                throw thrown;
            }
            return engine.host.look(database);
        };
        ParixBackup parix = over(directory);
        look("2026-11-23T10:00:00Z");
        parix.close();
        assertThat(node.runs()).hasSize(1);
    }
}
