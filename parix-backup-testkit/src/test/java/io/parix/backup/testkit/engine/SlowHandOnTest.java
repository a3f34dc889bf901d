package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.delay;
import static io.parix.backup.testkit.fault.Fault.strike;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupRequest;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker closes while the catalog is slow. */
class SlowHandOnTest {
    /** So often it is slow; then a worker that never lets go ends, too. */
    private static final int PATIENCE = 100;

    private final EngineFixture engine = new EngineFixture();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest(name = "each write takes {0} ms")
    @ValueSource(ints = {0, 5, 900})
    @DisplayName("B4 B7 a closing worker lets go of its job in a few writes, however slow the catalog is")
    void letsGo(int millis) {
        SteppedDispatcher worker = new SteppedDispatcher(engine.clock);
        ParixBackup[] parix = new ParixBackup[1];
        HookedProvider provider = new HookedProvider(engine.provider, key -> {
            if (closed.compareAndSet(false, true)) {
                parix[0].close();
            }
        });
        parix[0] = engine.engine(slow(millis), provider, worker, 8).start();
        parix[0].backups().request(BackupRequest.of(DATABASE, EngineFixture.ACTOR));

        worker.runUntilQuiet();

        JobRecord row = engine.catalog
                .find(engine.parix.backups().history(DATABASE, 1).get(0).id().value())
                .orElseThrow();
        assertThat(closed).isTrue();
        assertThat(row.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(row.claimed()).isEmpty();
        assertThat(writes).hasValueBetween(1, 10);
    }

    private Catalog slow(int millis) {
        return engine.catalog(strike("Catalog.write")
                .with(delay(Duration.ofMillis(millis)))
                .when("once it closes", call -> closed.get() && writes.incrementAndGet() < PATIENCE));
    }
}
