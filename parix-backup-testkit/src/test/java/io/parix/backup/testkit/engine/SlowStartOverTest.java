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
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of images is discarded while the catalog is slow. */
class SlowStartOverTest {
    private final EngineFixture engine = new EngineFixture();
    private final List<String> put = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest(name = "the catalog takes {0} s")
    @ValueSource(ints = {0, 2, 90})
    @DisplayName("B6 B7 an attempt has names of its own, however long the catalog takes to note that it starts over")
    void namesOfItsOwn(int seconds) {
        HookedProvider provider = new HookedProvider(engine.provider, this::changeOnce);
        SteppedDispatcher worker = new SteppedDispatcher(engine.clock);
        try (ParixBackup parix =
                engine.engine(slow(seconds), provider, worker, 8).start()) {
            parix.backups().request(BackupRequest.of(DATABASE, EngineFixture.ACTOR));
            worker.runUntilQuiet();
            engine.carryOn(worker);
        }
        JobRecord row = engine.catalog
                .find(engine.parix.backups().history(DATABASE, 1).get(0).id().value())
                .orElseThrow();
        assertThat(row.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(row.attempt()).isEqualTo(2);
        assertThat(put).doesNotHaveDuplicates();
        assertThat(engine.unowned()).isEmpty();
    }

    private void changeOnce(String key) {
        if (put.isEmpty()) {
            engine.host.change(DATABASE, profile -> Profiles.inRegion(profile, "eu-west-1"));
        }
        put.add(key);
    }

    /** A catalog that takes its time for the first note of a second attempt. */
    private Catalog slow(int seconds) {
        return engine.catalog(strike("Catalog.write(JobWrite)")
                .with(delay(Duration.ofSeconds(seconds)))
                .when(
                        "that starts over",
                        call -> startsOver(call.argument(JobWrite.class).next())));
    }

    private boolean startsOver(JobRecord next) {
        return next.attempt() == 2
                && engine.catalog
                        .find(next.id())
                        .filter(before -> before.attempt() == 1)
                        .isPresent();
    }
}
