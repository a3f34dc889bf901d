package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.event.EventPump;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("J1 a listener that calls the engine back, or throws, hears every event once and in order")
    void listener() {
        List<String> heard = new ArrayList<>();
        EventPump[] pump = new EventPump[1];
        pump[0] = new EventPump(
                engine.catalog,
                event -> {
                    heard.add(event.kind().code());
                    pump[0].pump();
                    throw new IllegalStateException("a listener's own fault");
                },
                100,
                Runnable::run);
        engine.request();
        engine.catalog.occupant(DATABASE);

        pump[0].pump();
        pump[0].pump();

        assertThat(heard).containsExactly("backup-requested");
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
