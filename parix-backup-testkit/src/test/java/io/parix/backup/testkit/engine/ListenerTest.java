package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.event.EventPump;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerTest {
    private static final DatabaseId OTHER = new DatabaseId("db-2");

    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("J1 a listener that calls the engine back, or throws, hears every event once and in order")
    void listener(Throwable fault) {
        engine.host.put(Profiles.named(EngineFixture.profile(), OTHER), EngineFixture.files(EngineFixture.cluster()));
        List<DatabaseId> heard = new ArrayList<>();
        EventPump[] pump = new EventPump[1];
        pump[0] = new EventPump(
                engine.catalog,
                event -> {
                    heard.add(event.database());
                    pump[0].pump();
                    throw ListenerTest.<RuntimeException>any(fault);
                },
                1,
                Runnable::run);
        for (DatabaseId database : List.of(DATABASE, OTHER)) {
            var unused = engine.parix.backups().request(BackupRequest.of(database, ACTOR));
        }

        pump[0].pump();
        pump[0].pump();

        assertThat(heard).containsExactly(DATABASE, OTHER);
        assertThat(engine.catalog.undelivered(100)).isEmpty();
    }

    static Stream<Throwable> listener() {
        return Stream.of(
                new IllegalStateException("a listener's own fault"),
                new ServiceConfigurationError("com.example.Sdk: no provider"),
                new InternalError("a native library"),
                new IOException("which Kotlin need not declare"));
    }

    // So a host in a language without checked exceptions throws.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> T any(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    @DisplayName("J1 a listener that blocks holds up no backup, and hears every event in order once it goes on")
    void blockingListener() throws InterruptedException {
        List<BackupEvent.Kind> heard = new CopyOnWriteArrayList<>();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup parix = engine.builder(engine.catalog, engine.provider, dispatcher, 9)
                .listening(null)
                .listener(event -> {
                    blocked.countDown();
                    await(goOn);
                    heard.add(event.kind());
                })
                .build()
                .start()) {
            engine.request();
            dispatcher.tick();
            blocked.await();
            dispatcher.runUntilQuiet();

            Backup done = parix.backups().history(DATABASE, 1).get(0);
            assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(heard).isEmpty();
            goOn.countDown();
        }
        assertThat(heard)
                .containsExactly(
                        BackupEvent.Kind.BACKUP_REQUESTED,
                        BackupEvent.Kind.BACKUP_STARTED,
                        BackupEvent.Kind.BACKUP_COMPLETED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
